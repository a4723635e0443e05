/* SPDX-License-Identifier: MIT */
/*
 * annotate.h - tells memory checkers what an arena has handed out.
 *
 * With WS_ANNOTATE (configure --enable-annotations or --enable-sanitizers) these reach AddressSanitizer, or
 * else Valgrind; without it there is nothing here.
 */
#ifndef WS_BASE_ANNOTATE_H
#define WS_BASE_ANNOTATE_H

#ifdef WS_ANNOTATE

/* Bytes that may not be touched after each allocation; a multiple of 8, AddressSanitizer's granule. */
#define ANNOTATE_RED_ZONE 16u

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ANNOTATE_ASAN
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define ANNOTATE_ASAN
#endif

#ifdef ANNOTATE_ASAN
#include <sanitizer/asan_interface.h>
#define annotate_allocated(memory, size) ASAN_UNPOISON_MEMORY_REGION(memory, size)
#define annotate_free(memory, size)      ASAN_POISON_MEMORY_REGION(memory, size)
#define annotate_returned(memory, size)  ASAN_UNPOISON_MEMORY_REGION(memory, size)
#else
#include <valgrind/memcheck.h>
#define annotate_allocated(memory, size) (void)VALGRIND_MAKE_MEM_UNDEFINED(memory, size)
#define annotate_free(memory, size)      (void)VALGRIND_MAKE_MEM_NOACCESS(memory, size)
#define annotate_returned(memory, size)  (void)VALGRIND_MAKE_MEM_UNDEFINED(memory, size)
#endif

#else

#define ANNOTATE_RED_ZONE                0u
#define annotate_allocated(memory, size) ((void)0)
#define annotate_free(memory, size)      ((void)0)
#define annotate_returned(memory, size)  ((void)0)

#endif

#endif
