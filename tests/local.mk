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
library = libwebservices.dll.a
test_libs = -liphlpapi -lws2_32
else
library = $(portable)
test_libs = $(CHECK_LIBS) -lpthread
endif
LDADD = tests/libtests.a $(library) $(test_libs)

# To optimize them took longer than to run them as they are.
tests/abi/%.$(OBJEXT) tests/api/%.$(OBJEXT) tests/support/%.$(OBJEXT) tests/unit/%.$(OBJEXT): OPTIMIZE = -O0

# What the tests share.
check_LIBRARIES = tests/libtests.a
tests_libtests_a_SOURCES = tests/support/answerer.c tests/support/answerer.h tests/support/binary-examples.h \
	tests/support/binary.c tests/support/binary.h tests/support/callbacks.h tests/support/canonical-reader.h \
	tests/support/canonical.h tests/support/channel.h tests/support/descriptions.c tests/support/descriptions.h \
	tests/support/encodings.h tests/support/errors.c tests/support/errors.h tests/support/facets.c tests/support/faults.h \
	tests/support/heap.h tests/support/io.h tests/support/loopback.c tests/support/loopback.h tests/support/message.c \
	tests/support/message.h tests/support/model.c tests/support/mtom-writer.h tests/support/mtom.h \
	tests/support/node-digest.h tests/support/number.h tests/support/random.h tests/support/reader.c \
	tests/support/reader.h tests/support/service.c tests/support/service.h tests/support/simple-types.h \
	tests/support/stream.h tests/support/strings.h tests/support/structs.h tests/support/tcp.c tests/support/tcp.h \
	tests/support/test.c tests/support/test.h tests/support/threads.h tests/support/udp.c tests/support/udp.h \
	tests/support/url.h tests/support/wire.c tests/support/wire.h tests/support/writer.h

unit_tests = tests/unit/arena tests/unit/base64 tests/unit/binary tests/unit/date tests/unit/double tests/unit/faults \
	tests/unit/message tests/unit/mime tests/unit/names tests/unit/number tests/unit/scan tests/unit/text \
	tests/unit/typed tests/unit/value
if DEBUG_VARIANT
unit_tests += tests/unit/debug
endif
# Windows or not, these are linked with the object files themselves.
unit_programs = $(unit_tests:=$(EXEEXT))
$(unit_programs): library = $(portable)
$(unit_programs): $(portable)

api_tests = tests/api/binary tests/api/binary-writer tests/api/buffer tests/api/callbacks \
	tests/api/canonical-form tests/api/canonical-reader tests/api/canonical-writer tests/api/combinations \
	tests/api/copy tests/api/endpoint-extension tests/api/error tests/api/fault tests/api/fault-detail \
	tests/api/fault-from-error tests/api/filetime tests/api/heap tests/api/known-addresses \
	tests/api/known-envelopes tests/api/known-faults \
	tests/api/message-address tests/api/message-body tests/api/message-custom tests/api/message-envelope \
	tests/api/message-header tests/api/message-initialize tests/api/message-observed tests/api/message-properties \
	tests/api/message-understand tests/api/messages tests/api/mtom-invalid tests/api/mtom-output \
	tests/api/mtom-reader tests/api/mtom-stream \
	tests/api/mtom-writer tests/api/names tests/api/reader tests/api/reader-async tests/api/reader-charset \
	tests/api/reader-content tests/api/reader-move tests/api/reader-names tests/api/reader-observed \
	tests/api/reader-state tests/api/reader-stream tests/api/reader-text tests/api/reader-value tests/api/string-helpers tests/api/traced \
	tests/api/typed-address tests/api/typed-any tests/api/typed-arrays tests/api/typed-callbacks \
	tests/api/typed-contracts \
	tests/api/typed-custom tests/api/typed-derived tests/api/typed-descriptions tests/api/typed-encodings \
	tests/api/typed-fault tests/api/typed-fields tests/api/typed-limits tests/api/typed-memory \
	tests/api/typed-observed tests/api/typed-round-trip tests/api/typed-sentences tests/api/typed-simple tests/api/typed-streams \
	tests/api/typed-structs tests/api/typed-unions tests/api/typed-values \
	tests/api/url-combine tests/api/url-decode tests/api/url-encode tests/api/writer tests/api/writer-async \
	tests/api/writer-buffer tests/api/writer-content tests/api/writer-declarations tests/api/writer-dictionary \
	tests/api/writer-dynamic tests/api/writer-element tests/api/writer-format tests/api/writer-node \
	tests/api/writer-observed tests/api/writer-order tests/api/writer-position tests/api/writer-qname \
	tests/api/writer-stream tests/api/writer-values tests/api/writer-ways

# Channels.
channel_io_tests = tests/unit/operation tests/unit/socket
channel_object_tests = tests/api/async-execute tests/api/channel-async tests/api/channel-custom \
	tests/api/channel-layers tests/api/channel-message tests/api/channel-properties tests/api/channel-states
channel_framing_tests = tests/unit/framing tests/unit/framing-strings
channel_tcp_tests = tests/api/tcp-listener tests/api/tcp-observed tests/api/tcp-session tests/api/tcp-stream \
	tests/api/tcp-wire
channel_http_tests = tests/unit/http-body tests/unit/http-content-type tests/unit/http-head tests/unit/http-server \
	tests/unit/http-client \
	tests/unit/url-prefix
channel_request_tests = tests/api/http-request-codec tests/api/http-request-connections \
	tests/api/http-request-failures tests/api/http-request-messages tests/api/http-request-streams
channel_reply_tests = tests/api/http-both tests/api/http-reply tests/api/http-reply-failures \
	tests/api/http-reply-stream
channel_udp_tests = tests/api/udp-channels tests/api/udp-multicast tests/api/udp-observed tests/api/udp-wire
channel_object_unit_tests = tests/unit/channel-object tests/unit/channel-settings
channel_unit_tests = $(channel_io_tests) $(channel_object_unit_tests) $(channel_framing_tests) $(channel_http_tests)
channel_api_tests = $(channel_object_tests) $(channel_tcp_tests) $(channel_request_tests) $(channel_reply_tests) \
	$(channel_udp_tests)
unit_tests += $(channel_unit_tests)
api_tests += $(channel_api_tests)

check_PROGRAMS = $(unit_tests) $(api_tests)
# What takes longest begins first, and what depends on the compiler and the headers alone is not for the debug variant.
long_tests =
if WINDOWS
long_tests += tests/shape/dll.sh
endif
if !DEBUG_VARIANT
long_tests += tests/abi/header.sh tests/abi/generated.sh tests/abi/selftest.sh
endif
TESTS = $(long_tests) $(check_PROGRAMS)

# Natively, some of them again: with the files that know vectors compiled for a processor that has none. And one with a
# counter in those that compare names.
if !WINDOWS
plain_tests = tests/unit/scan-plain tests/unit/text-plain tests/unit/writer-steps tests/api/binary-plain \
	tests/api/canonical-form-plain tests/api/reader-charset-plain tests/api/reader-text-plain \
	tests/api/writer-content-plain tests/api/writer-element-plain tests/api/writer-node-plain \
	tests/api/writer-ways-plain
check_PROGRAMS += $(plain_tests)
check_LIBRARIES += tests/libvariant.a
tests_libvariant_a_CPPFLAGS = $(AM_CPPFLAGS) -DWS_PLAIN -DWS_COUNT_STEPS
tests_libvariant_a_SOURCES = $(vector_sources) $(writer_sources)
plain_programs = $(plain_tests:=$(EXEEXT))
$(plain_programs): library = tests/libvariant.a $(portable)
$(plain_programs): tests/libvariant.a
tests_unit_scan_plain_SOURCES = tests/unit/scan.c
tests_unit_scan_plain_CPPFLAGS = $(AM_CPPFLAGS) -DWS_PLAIN
tests_unit_text_plain_SOURCES = tests/unit/text.c
tests_api_binary_plain_SOURCES = tests/api/binary.c
tests_api_canonical_form_plain_SOURCES = tests/api/canonical-form.c
tests_api_reader_charset_plain_SOURCES = tests/api/reader-charset.c
tests_api_reader_text_plain_SOURCES = tests/api/reader-text.c
tests_api_writer_content_plain_SOURCES = tests/api/writer-content.c
tests_api_writer_element_plain_SOURCES = tests/api/writer-element.c
tests_api_writer_node_plain_SOURCES = tests/api/writer-node.c
tests_api_writer_ways_plain_SOURCES = tests/api/writer-ways.c
endif
if DEBUG_VARIANT
check_PROGRAMS += tests/api/callbacks-memory tests/api/channel-memory tests/api/debug tests/api/message-memory \
	tests/api/mtom-memory tests/api/reader-memory tests/api/typed-random-memory tests/api/writer-memory \
	tests/api/tcp-memory tests/api/udp-memory tests/api/http-request-memory
endif

if WINDOWS
if I686
check_PROGRAMS += tests/api/stack
endif
TESTS += tests/demos/message.sh tests/demos/typed.sh tests/demos/xml.sh
if DEBUG_VARIANT
TESTS += tests/api/debug.sh
endif
endif
TESTS += tests/api/trace.sh tests/demos/channels.sh
# Once for each host is enough.
if !DEBUG_VARIANT
TESTS += tests/shape/help.sh tests/shape/tracked.sh
if WINDOWS
TESTS += tests/abi/demos.sh
else
TESTS += tests/shape/format.sh tests/shape/install.sh tests/shape/tidy.sh
endif
endif
if !WINDOWS
TESTS += tests/shape/layers.sh
endif
EXTRA_DIST += tests/api/debug.sh tests/api/trace.sh tests/demos/message.sh tests/demos/typed.sh tests/demos/xml.sh \
	tests/shape/dll.sh tests/shape/format.sh tests/shape/help.sh tests/shape/install.sh tests/shape/layers.sh \
	tests/shape/tidy.sh tests/shape/tracked.sh tests/demos/channels.sh \
	tests/tools/quickstart.sh \
	tests/tools/wine-webservices.sh tools/number-tables tools/quickstart tools/wine-test tools/wine-webservices

# Wine's wsdapi.dll, which uses webservices.dll.
EXTRA_DIST += tests/wsdapi/wsdapi.sh
if WINDOWS
if !DEBUG_VARIANT
EXTRA_PROGRAMS += tests/wsdapi/publish
tests_wsdapi_publish_LDADD = -lwsdapi -lws2_32 -lole32 -luuid
tests/wsdapi/wsdapi.log: tests/wsdapi/publish$(EXEEXT)
TESTS += tests/wsdapi/wsdapi.sh
endif
endif

# Outside oracles: Python with its expat, urllib and email packages, libxml2 as lxml has it, Mono, gSOAP, zeep.
oracles = tests/oracle/canonical-lxml.sh tests/oracle/mtom-email.sh tests/oracle/reader-expat.sh \
	tests/oracle/reader-libxml2.sh tests/oracle/url-urllib.sh
# Those that failing memory has nothing to do with.
peer_oracles = tests/oracle/message-mono.sh tests/oracle/message-schema.sh tests/oracle/message-zeep.sh \
	tests/oracle/typed-gsoap.sh tests/oracle/typed-mono.sh tests/oracle/typed-schema.sh tests/oracle/channel-http-mono.sh \
	tests/oracle/channel-http-python.sh tests/oracle/channel-tcp-mono.sh tests/oracle/channel-reply-curl.sh \
	tests/oracle/channel-reply-gsoap.sh tests/oracle/channel-reply-mono.sh
EXTRA_DIST += $(oracles) $(peer_oracles) tests/oracle/corpus tests/oracle/gsoap-contract.idl tests/oracle/gsoap-peer.c \
	tests/oracle/message-mono.cs tests/oracle/mutations.py tests/oracle/reader-w3c.sh tests/oracle/schemas \
	tests/oracle/typed-mono.cs tests/oracle/typed-schema.py tests/oracle/channel-mono.cs tests/oracle/channel-server.py \
	tests/oracle/channel-tcp-mono.cs tests/oracle/channel-reply-mono.cs
if !WINDOWS
TESTS += $(oracles)
if !DEBUG_VARIANT
TESTS += $(peer_oracles)
endif
endif
EXTRA_PROGRAMS += tests/oracle/canonical-forms tests/oracle/channel-client tests/oracle/message-peer \
	tests/oracle/mtom-write tests/oracle/reader-nodes tests/oracle/typed-documents tests/oracle/typed-peer \
	tests/oracle/url-combine tests/oracle/channel-tcp-peer tests/oracle/channel-service
tests_oracle_typed_peer_SOURCES = tests/oracle/contracts.h tests/oracle/typed-peer.c
tests/oracle/message-mono.log tests/oracle/message-schema.log tests/oracle/message-zeep.log: tests/oracle/message-peer$(EXEEXT)
tests/oracle/channel-reply-curl.log tests/oracle/channel-reply-gsoap.log tests/oracle/channel-reply-mono.log:  		tests/oracle/channel-service$(EXEEXT)
tests/oracle/channel-http-mono.log tests/oracle/channel-http-python.log: tests/oracle/channel-client$(EXEEXT)
tests/oracle/channel-tcp-mono.log: tests/oracle/channel-tcp-peer$(EXEEXT)
tests/oracle/canonical-lxml.log: tests/oracle/canonical-forms$(EXEEXT)
tests/oracle/reader-expat.log tests/oracle/reader-libxml2.log: tests/oracle/reader-nodes$(EXEEXT)
tests/oracle/mtom-email.log: tests/oracle/mtom-write$(EXEEXT)
tests/oracle/typed-gsoap.log tests/oracle/typed-mono.log: tests/oracle/typed-peer$(EXEEXT)
tests/oracle/typed-schema.log: tests/oracle/typed-documents$(EXEEXT)
tests/oracle/url-urllib.log: tests/oracle/url-combine$(EXEEXT)

# The ABI: the header against the data. The C++ program compares types too.
check_PROGRAMS += tests/abi/abi
tests_abi_abi_SOURCES = tests/abi/abi.c tests/abi/abi-data.h
tests_abi_abi_LDADD =
check_LIBRARIES += tests/abi/libsymbols.a
tests_abi_libsymbols_a_SOURCES = tests/abi/symbols.c
if CXX_TESTS
check_PROGRAMS += tests/abi/abi-cxx
tests_abi_abi_cxx_SOURCES = tests/abi/abi-cxx.cc tests/abi/abi-types.hh
tests_abi_abi_cxx_LDADD =
if WINDOWS
tests_abi_abi_cxx_LDFLAGS = -static
endif
check_LIBRARIES += tests/abi/libsymbols-cxx.a
tests_abi_libsymbols_cxx_a_SOURCES = tests/abi/symbols-cxx.cc
endif
TESTS += tests/abi/symbols.sh
if !WINDOWS
TESTS += tests/abi/compatibility.sh tests/abi/data.sh tests/shape/build-files.sh tests/shape/figures.sh tests/shape/sources.sh
endif
EXTRA_DIST += tests/abi/compatibility.sh tests/abi/data.sh tests/abi/demos.sh \
	tests/abi/declarations tests/abi/generate tests/abi/generated tests/abi/generated.sh tests/abi/header.sh tests/abi/selftest.sh tests/abi/signatures.txt \
	tests/abi/symbols.sh tests/abi/webservices-abi.json \
	tests/builtin.sh tests/shape/build-files.sh tests/shape/figures tests/shape/figures.sh tests/shape/sources.sh tests/sources.awk tools/compatibility \
	tools/figures docs/compatibility.md

# The same tests on the builtin DLL of Wine: prints where that differs, and what ours follows there.
if WINDOWS
check-builtin: all $(check_PROGRAMS)
	@srcdir='$(srcdir)' bash $(srcdir)/tests/builtin.sh $(api_tests)
else
# Every test program, under Valgrind; configure with --enable-annotations first.
check-valgrind: $(check_PROGRAMS)
	@$(MAKE) $(AM_MAKEFLAGS) check LOG_COMPILER='env CK_FORK=no valgrind -q --error-exitcode=1 --leak-check=full'
endif

# Those of channels, which have threads, under ThreadSanitizer. At its end a program would wait a second for more to report.
thread_tests = $(channel_unit_tests) $(channel_api_tests)
if THREADS
check-threads: all
	@TSAN_OPTIONS='atexit_sleep_ms=0' $(MAKE) $(AM_MAKEFLAGS) check TESTS='$(thread_tests)' \
		check_PROGRAMS='$(thread_tests)' check_LIBRARIES=tests/libtests.a
endif

# --- Fuzzers: CC=clang and --enable-fuzzers, then make fuzz-check --------------------------------------------

FUZZ_SECONDS = 15
EXTRA_DIST += tests/fuzz
if FUZZERS
fuzzers = tests/fuzz/binary tests/fuzz/copy tests/fuzz/detail tests/fuzz/envelope tests/fuzz/faults tests/fuzz/heap \
	tests/fuzz/message tests/fuzz/mtom tests/fuzz/number tests/fuzz/reader tests/fuzz/round-trip tests/fuzz/typed \
	tests/fuzz/url tests/fuzz/writer $(channel_framing_fuzzers) $(channel_http_fuzzers) $(channel_udp_fuzzers)
channel_framing_fuzzers = tests/fuzz/framing
channel_http_fuzzers = tests/fuzz/http-chunked tests/fuzz/http-request tests/fuzz/http-response
channel_udp_fuzzers = tests/fuzz/udp-url
noinst_PROGRAMS += $(fuzzers)
fuzz_programs = $(fuzzers:=$(EXEEXT))
$(fuzz_programs): AM_LDFLAGS += -fsanitize=fuzzer
tests_fuzz_writer_CFLAGS = $(AM_CFLAGS) $(EXPAT_CFLAGS)
tests_fuzz_writer_LDADD = $(LDADD) $(EXPAT_LIBS)

# So many at once.
FUZZ_JOBS = 2
fuzz-check: all
	@printf '%s\n' $(fuzzers) | sed 's|.*/||' | srcdir='$(srcdir)' xargs -n 1 -P $(FUZZ_JOBS) bash $(srcdir)/tests/fuzz/run.sh $(FUZZ_SECONDS)
endif

# --- Benchmarks: make bench ----------------------------------------------------------------------------------

bench_sources = tests/bench/document.c tests/bench/document.h tests/bench/limit.c tests/bench/limit.h
structures_sources = tests/bench/structures.c tests/bench/structures.h
cycle_sources = tests/bench/cycle.c tests/bench/cycle.h $(bench_sources)
EXTRA_DIST += tests/bench/channel-gsoap.idl tests/bench/message-gsoap.idl tests/bench/typed-gsoap.idl
if WINDOWS
EXTRA_PROGRAMS += tests/bench/heap tests/bench/message-wine tests/bench/typed-wine tests/bench/xml-wine
tests_bench_heap_SOURCES = tests/bench/heap.c $(bench_sources)
tests_bench_message_wine_SOURCES = tests/bench/message-wine.c $(cycle_sources)
tests_bench_typed_wine_SOURCES = tests/bench/typed-wine.c $(structures_sources) $(bench_sources)
tests_bench_xml_wine_SOURCES = tests/bench/xml-wine.c $(bench_sources)
bench: all tests/bench/heap$(EXEEXT) tests/bench/message-wine$(EXEEXT) tests/bench/typed-wine$(EXEEXT) \
		tests/bench/xml-wine$(EXEEXT)
	WINEDLLOVERRIDES='webservices=n,b' $(top_srcdir)/tools/wine-test tests/bench/heap$(EXEEXT)
	WINEDLLOVERRIDES='webservices=n,b' $(top_srcdir)/tools/wine-test tests/bench/xml-wine$(EXEEXT)
	WINEDLLOVERRIDES='webservices=n,b' $(top_srcdir)/tools/wine-test tests/bench/typed-wine$(EXEEXT)
	WINEDLLOVERRIDES='webservices=n,b' $(top_srcdir)/tools/wine-test tests/bench/message-wine$(EXEEXT)
else
EXTRA_PROGRAMS += tests/bench/arena tests/bench/binary tests/bench/channel tests/bench/message tests/bench/number \
	tests/bench/reader tests/bench/typed tests/bench/writer
tests_bench_arena_SOURCES = tests/bench/arena.c $(bench_sources)
tests_bench_arena_CFLAGS = $(AM_CFLAGS) $(APR_CFLAGS) $(TALLOC_CFLAGS)
tests_bench_arena_LDADD = $(LDADD) $(APR_LIBS) $(TALLOC_LIBS) $(MIMALLOC_LIBS)
tests_bench_binary_SOURCES = tests/bench/binary.c $(bench_sources)
tests_bench_channel_SOURCES = tests/bench/channel.c tests/bench/channel.h tests/bench/channel-count.c \
	tests/bench/channel-pairs.c tests/bench/channel-sockets.c tests/bench/channel-stream.c $(bench_sources)
tests_bench_channel_CFLAGS = $(AM_CFLAGS) $(GSOAP_CFLAGS) -isystem tests/bench/gsoap-channel
tests_bench_channel_LDADD = $(LDADD) $(GSOAP_LIBS) -ldl
if GSOAP
tests_bench_channel_SOURCES += tests/bench/channel-gsoap.c
$(tests_bench_channel_OBJECTS): tests/bench/gsoap-channel/soapC.c
tests/bench/gsoap-channel/soapC.c: tests/bench/channel-gsoap.idl
	$(AM_V_GEN)$(MKDIR_P) tests/bench/gsoap-channel && $(SOAPCPP2) -c -x -L -I/usr/share/gsoap/import \
		-d tests/bench/gsoap-channel $(srcdir)/tests/bench/channel-gsoap.idl >tests/bench/gsoap-channel/log
CLEANFILES += tests/bench/gsoap-channel/*
endif
tests_bench_message_SOURCES = tests/bench/message.c $(cycle_sources)
tests_bench_message_CFLAGS = $(AM_CFLAGS) $(GSOAP_CFLAGS) -isystem tests/bench/gsoap-message
tests_bench_message_LDADD = $(LDADD) $(GSOAP_LIBS)
if GSOAP
tests_bench_message_SOURCES += tests/bench/message-gsoap.c tests/bench/message-gsoap.h
$(tests_bench_message_OBJECTS): tests/bench/gsoap-message/soapC.c
tests/bench/gsoap-message/soapC.c: tests/bench/message-gsoap.idl
	$(AM_V_GEN)$(MKDIR_P) tests/bench/gsoap-message && $(SOAPCPP2) -c -x -L -I/usr/share/gsoap/import \
		-d tests/bench/gsoap-message $(srcdir)/tests/bench/message-gsoap.idl >tests/bench/gsoap-message/log
CLEANFILES += tests/bench/gsoap-message/*
endif
tests_bench_number_SOURCES = tests/bench/number.c $(bench_sources)
tests_bench_reader_SOURCES = tests/bench/reader.c $(bench_sources)
tests_bench_reader_CFLAGS = $(AM_CFLAGS) $(EXPAT_CFLAGS) $(LIBXML2_CFLAGS)
tests_bench_reader_LDADD = $(LDADD) $(EXPAT_LIBS) $(LIBXML2_LIBS)
tests_bench_typed_SOURCES = tests/bench/typed.c $(structures_sources) $(bench_sources)
tests_bench_typed_CFLAGS = $(AM_CFLAGS) $(LIBXML2_CFLAGS) $(GSOAP_CFLAGS) -isystem tests/bench/gsoap
tests_bench_typed_LDADD = $(LDADD) $(LIBXML2_LIBS) $(GSOAP_LIBS)
if GSOAP
tests_bench_typed_SOURCES += tests/bench/typed-gsoap.c tests/bench/typed-gsoap.h
$(tests_bench_typed_OBJECTS): tests/bench/gsoap/soapC.c
tests/bench/gsoap/soapC.c: tests/bench/typed-gsoap.idl
	$(AM_V_GEN)$(MKDIR_P) tests/bench/gsoap && \
		$(SOAPCPP2) -c -x -L -d tests/bench/gsoap $(srcdir)/tests/bench/typed-gsoap.idl >tests/bench/gsoap/log
CLEANFILES += tests/bench/gsoap/*
endif
tests_bench_writer_SOURCES = tests/bench/writer.c $(bench_sources)
tests_bench_writer_CFLAGS = $(AM_CFLAGS) $(LIBXML2_CFLAGS)
tests_bench_writer_LDADD = $(LDADD) $(LIBXML2_LIBS)
if TREES
EXTRA_PROGRAMS += tests/bench/trees
tests_bench_trees_SOURCES = tests/bench/trees.cc $(bench_sources)
tests_bench_trees_CXXFLAGS = $(AM_CXXFLAGS) $(PUGIXML_CFLAGS)
tests_bench_trees_LDADD = $(LDADD) $(PUGIXML_LIBS)
bench_trees = tests/bench/trees$(EXEEXT)
endif
bench: all tests/bench/arena$(EXEEXT) tests/bench/binary$(EXEEXT) tests/bench/channel$(EXEEXT) \
		tests/bench/message$(EXEEXT) tests/bench/number$(EXEEXT) tests/bench/reader$(EXEEXT) \
		tests/bench/typed$(EXEEXT) tests/bench/writer$(EXEEXT) $(bench_trees)
	tests/bench/arena$(EXEEXT)
	tests/bench/number$(EXEEXT)
	tests/bench/reader$(EXEEXT)
	tests/bench/reader$(EXEEXT) --linear
if TREES
	$(bench_trees)
endif
	tests/bench/binary$(EXEEXT)
	tests/bench/writer$(EXEEXT)
	tests/bench/typed$(EXEEXT)
	tests/bench/message$(EXEEXT)
	tests/bench/channel$(EXEEXT)
endif

.PHONY: bench check-builtin check-threads check-valgrind fuzz-check
