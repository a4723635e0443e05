/* SPDX-License-Identifier: MIT */
/* compiler.h - what gcc and clang understand beyond C11. */
#ifndef WS_BASE_COMPILER_H
#define WS_BASE_COMPILER_H

#define LIKELY(condition)   __builtin_expect(!!(condition), 1)
#define UNLIKELY(condition) __builtin_expect(!!(condition), 0)

/* Kept out of its callers, so that they need not save registers for it; COLD also out of the way of hot code. */
#define NOINLINE __attribute__((noinline))
#define COLD     __attribute__((noinline, cold))

/* In place wherever it is called, however long it is. */
#define INLINE static inline __attribute__((always_inline))

/* A function whose argument number `index` is a printf format for the ones from number `first` on. */
#if defined(__MINGW32__) && !defined(__clang__)
/* The formats of C99, which __USE_MINGW_ANSI_STDIO gives us, not those of msvcrt. */
#define PRINTF_LIKE(index, first) __attribute__((format(gnu_printf, index, first)))
#else
#define PRINTF_LIKE(index, first) __attribute__((format(printf, index, first)))
#endif

/*
 * Which vectors there are: WS_SSE2, WS_NEON, or neither, which WS_PLAIN asks for: tests/unit/scan-plain and its like
 * run the plain loops with it.
 */
#if defined(WS_PLAIN)
#elif defined(__SSE2__)
#define WS_SSE2
#elif defined(__aarch64__) && defined(__ARM_NEON)
#define WS_NEON
#endif

#endif
