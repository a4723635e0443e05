# SPDX-License-Identifier: MIT
# Tests, fuzzers and benchmarks. A program is built from the one file of its name and from tests/libtests.a.

# --- Tests: make check ---------------------------------------------------------------------------------------

# One source serves both: natively the tests run under Check and are linked with the library; as Windows
# programs they are linked with the DLL, run by themselves, and need nothing beside it.
TEST_EXTENSIONS = .sh
TAP_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
LOG_DRIVER = $(TAP_DRIVER)
SH_LOG_DRIVER = $(TAP_DRIVER)
SH_LOG_COMPILER = bash
AM_TESTS_ENVIRONMENT = srcdir='$(srcdir)' CC='$(CC)' OBJDUMP='$(OBJDUMP)' NM='$(NM)' host='$(host)'; \
	export srcdir CC OBJDUMP NM host;
if CXX_TESTS
AM_TESTS_ENVIRONMENT += CXX='$(CXX)'; export CXX;
else
AM_TESTS_ENVIRONMENT += CXX=; export CXX;
endif

if WINDOWS
LOG_COMPILER = env WINE_TEST_TAP=1 $(top_srcdir)/tools/wine-test
api_library = libwebservices.dll.a
test_libs =
else
api_library = libwebservices.a
test_libs = $(CHECK_LIBS) -lpthread
endif

# What the tests share.
check_LIBRARIES = tests/libtests.a
tests_libtests_a_SOURCES = tests/test.c tests/test.h tests/xml.c tests/xml.h \
	tests/binary-test.c tests/binary-test.h tests/binary-examples.h tests/api/url.h tests/api/writer.h
unit_libs = tests/libtests.a libwebservices.a $(test_libs)
LDADD = tests/libtests.a $(api_library) $(test_libs)

unit_tests = tests/unit/arena tests/unit/base64 tests/unit/binary tests/unit/date tests/unit/double tests/unit/fault \
	tests/unit/names tests/unit/number tests/unit/scan tests/unit/text tests/unit/value
tests_unit_arena_LDADD = $(unit_libs)
tests_unit_base64_LDADD = $(unit_libs)
tests_unit_binary_LDADD = $(unit_libs)
tests_unit_date_LDADD = $(unit_libs)
tests_unit_debug_LDADD = $(unit_libs)
tests_unit_double_LDADD = $(unit_libs)
tests_unit_fault_LDADD = $(unit_libs)
tests_unit_names_LDADD = $(unit_libs)
tests_unit_number_LDADD = $(unit_libs)
tests_unit_scan_LDADD = $(unit_libs)
tests_unit_text_LDADD = $(unit_libs)
tests_unit_value_LDADD = $(unit_libs)

api_tests = tests/api/binary tests/api/binary-writer tests/api/buffer tests/api/error tests/api/filetime tests/api/heap \
	tests/api/names tests/api/reader tests/api/reader-charset tests/api/reader-content tests/api/reader-move \
	tests/api/reader-stream tests/api/reader-text tests/api/reader-value tests/api/url-combine tests/api/url-decode \
	tests/api/url-encode tests/api/writer tests/api/writer-buffer tests/api/writer-content tests/api/writer-element

check_PROGRAMS = $(unit_tests) $(api_tests)
TESTS = $(check_PROGRAMS)
if DEBUG_VARIANT
check_PROGRAMS += tests/unit/debug tests/api/debug tests/api/reader-memory tests/api/writer-memory
endif

if WINDOWS
if I686
check_PROGRAMS += tests/api/stack
endif
TESTS += tests/shape/dll.sh tests/api/trace.sh tests/abi/demos.sh
if DEBUG_VARIANT
TESTS += tests/api/debug.sh
endif
endif
EXTRA_DIST += tests/unit/debug.c tests/api/debug.c tests/api/debug.sh tests/api/reader-memory.c tests/api/stack.c \
	tests/api/trace.sh tests/api/writer-memory.c tests/shape/dll.sh tests/tools/wine-webservices.sh \
	tools/number-tables tools/quickstart tools/wine-test tools/wine-webservices

# Outside judges: Python's urllib and its expat.
EXTRA_DIST += tests/judge/reader-expat.sh tests/judge/url-urllib.sh
if !WINDOWS
TESTS += tests/judge/reader-expat.sh tests/judge/url-urllib.sh
endif
EXTRA_PROGRAMS += tests/judge/reader-nodes tests/judge/url-combine
tests/judge/reader-expat.log: tests/judge/reader-nodes$(EXEEXT)
tests/judge/url-urllib.log: tests/judge/url-combine$(EXEEXT)

# The ABI: the header against the data. The C++ program compares types too.
check_PROGRAMS += tests/abi/abi
tests_abi_abi_SOURCES = tests/abi/abi.c tests/abi/abi-data.h
tests_abi_abi_LDADD =
check_LIBRARIES += tests/abi/libsymbols.a
tests_abi_libsymbols_a_SOURCES = tests/abi/symbols.c tests/abi/abi-data.h
if CXX_TESTS
check_PROGRAMS += tests/abi/abi-cxx
tests_abi_abi_cxx_SOURCES = tests/abi/abi-cxx.cc tests/abi/abi-data.h tests/abi/abi-types.hh
tests_abi_abi_cxx_LDADD =
if WINDOWS
tests_abi_abi_cxx_LDFLAGS = -static
endif
check_LIBRARIES += tests/abi/libsymbols-cxx.a
tests_abi_libsymbols_cxx_a_SOURCES = tests/abi/symbols-cxx.cc tests/abi/abi-data.h
endif
TESTS += tests/abi/symbols.sh tests/abi/selftest.sh tests/abi/header.sh
if !WINDOWS
TESTS += tests/abi/compatibility.sh tests/abi/data.sh
endif
EXTRA_DIST += tests/abi/abi-cxx.cc tests/abi/abi-types.hh tests/abi/compatibility.sh tests/abi/data.sh tests/abi/demos.sh \
	tests/abi/declarations tests/abi/generate tests/abi/header.sh tests/abi/selftest.sh tests/abi/signatures.txt \
	tests/abi/symbols-cxx.cc tests/abi/symbols.sh tests/abi/webservices-abi.json \
	tools/compatibility docs/compatibility.md

# The same tests on the builtin DLL of Wine: prints where that differs. Never fails: it is not ours.
if WINDOWS
check-builtin: all $(check_PROGRAMS)
	@echo 'Each "not ok" is where the builtin DLL of Wine differs; it is no failure of ours.'
	@for test in $(api_tests); do \
		echo "$$test:"; \
		$(top_srcdir)/tools/wine-test --builtin $$test$(EXEEXT) 2>/dev/null | grep -v '^ok' || true; \
	done
else
# Every test program, under Valgrind; configure with --enable-annotations first.
check-valgrind: $(check_PROGRAMS)
	@$(MAKE) $(AM_MAKEFLAGS) check LOG_COMPILER='env CK_FORK=no valgrind -q --error-exitcode=1 --leak-check=full'
endif

# --- Fuzzers: CC=clang and --enable-fuzzers, then make fuzz-check --------------------------------------------

FUZZ_SECONDS = 15
fuzzers = binary heap number reader url writer
fuzz_libs = libwebservices.a -lpthread
fuzz_ldflags = -fsanitize=fuzzer,address,undefined
EXTRA_DIST += tests/fuzz/fuzz.h tests/fuzz/binary.c tests/fuzz/heap.c tests/fuzz/number.c tests/fuzz/reader.c tests/fuzz/url.c \
	tests/fuzz/writer.c tests/fuzz/number.dict tests/fuzz/reader.dict tests/fuzz/url.dict tests/fuzz/corpus
if FUZZERS
noinst_PROGRAMS = tests/fuzz/binary tests/fuzz/heap tests/fuzz/number tests/fuzz/reader tests/fuzz/url tests/fuzz/writer
tests_fuzz_binary_LDADD = $(fuzz_libs)
tests_fuzz_binary_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_heap_LDADD = $(fuzz_libs)
tests_fuzz_heap_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_number_LDADD = $(fuzz_libs)
tests_fuzz_number_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_reader_LDADD = $(fuzz_libs)
tests_fuzz_reader_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_url_LDADD = $(fuzz_libs)
tests_fuzz_url_LDFLAGS = $(fuzz_ldflags)
tests_fuzz_writer_CFLAGS = $(AM_CFLAGS) $(EXPAT_CFLAGS)
tests_fuzz_writer_LDADD = $(fuzz_libs) $(EXPAT_LIBS)
tests_fuzz_writer_LDFLAGS = $(fuzz_ldflags)

# What is found new goes to fuzz-corpus in the build directory; the seeds stay as they are.
fuzz-check: all
	@for name in $(fuzzers); do \
		seeds=$(srcdir)/tests/fuzz/corpus/$$name dict=$(srcdir)/tests/fuzz/$$name.dict; \
		$(MKDIR_P) fuzz-corpus/$$name; \
		test -d $$seeds || seeds=; \
		if test -f $$dict; then dict=-dict=$$dict; else dict=; fi; \
		echo "tests/fuzz/$$name for $(FUZZ_SECONDS) seconds"; \
		tests/fuzz/$$name -max_total_time=$(FUZZ_SECONDS) -max_len=4096 -print_final_stats=1 $$dict \
			fuzz-corpus/$$name $$seeds || exit 1; \
	done
endif

# --- Benchmarks: make bench ----------------------------------------------------------------------------------

bench_sources = tests/bench/document.c tests/bench/document.h tests/bench/limit.c tests/bench/limit.h
EXTRA_DIST += tests/bench/arena.c tests/bench/binary.c tests/bench/heap.c tests/bench/number.c tests/bench/reader.c \
	tests/bench/writer.c $(bench_sources)
if WINDOWS
EXTRA_PROGRAMS += tests/bench/heap
tests_bench_heap_SOURCES = tests/bench/heap.c $(bench_sources)
bench: all tests/bench/heap$(EXEEXT)
	WINEDLLOVERRIDES='webservices=n,b' $(top_srcdir)/tools/wine-test tests/bench/heap$(EXEEXT)
else
EXTRA_PROGRAMS += tests/bench/arena tests/bench/binary tests/bench/number tests/bench/reader tests/bench/writer
tests_bench_arena_SOURCES = tests/bench/arena.c $(bench_sources)
tests_bench_arena_CFLAGS = $(AM_CFLAGS) $(APR_CFLAGS) $(TALLOC_CFLAGS)
tests_bench_arena_LDADD = $(LDADD) $(APR_LIBS) $(TALLOC_LIBS) $(MIMALLOC_LIBS)
tests_bench_binary_SOURCES = tests/bench/binary.c $(bench_sources)
tests_bench_number_SOURCES = tests/bench/number.c $(bench_sources)
tests_bench_reader_SOURCES = tests/bench/reader.c $(bench_sources)
tests_bench_reader_CFLAGS = $(AM_CFLAGS) $(EXPAT_CFLAGS) $(LIBXML2_CFLAGS)
tests_bench_reader_LDADD = $(LDADD) $(EXPAT_LIBS) $(LIBXML2_LIBS)
tests_bench_writer_SOURCES = tests/bench/writer.c $(bench_sources)
tests_bench_writer_CFLAGS = $(AM_CFLAGS) $(LIBXML2_CFLAGS)
tests_bench_writer_LDADD = $(LDADD) $(LIBXML2_LIBS)
bench: all tests/bench/arena$(EXEEXT) tests/bench/binary$(EXEEXT) tests/bench/number$(EXEEXT) \
		tests/bench/reader$(EXEEXT) tests/bench/writer$(EXEEXT)
	tests/bench/arena$(EXEEXT)
	tests/bench/number$(EXEEXT)
	tests/bench/reader$(EXEEXT)
	tests/bench/reader$(EXEEXT) --linear
	tests/bench/binary$(EXEEXT)
	tests/bench/writer$(EXEEXT)
endif

.PHONY: bench check-builtin check-valgrind fuzz-check
