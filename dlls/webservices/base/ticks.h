/* SPDX-License-Identifier: MIT */
/* ticks.h - units of 100 ns, in which WS_DATETIME and FILETIME count. */
#ifndef WS_BASE_TICKS_H
#define WS_BASE_TICKS_H

#define TICKS_PER_SECOND 10000000
#define TICKS_PER_MINUTE (60ll * TICKS_PER_SECOND)
#define TICKS_PER_DAY    (1440 * TICKS_PER_MINUTE)

/* Those of 1 January 1601, where FILETIME begins. */
#define TICKS_OF_FILETIME 504911232000000000ull

#endif
