/* SPDX-License-Identifier: MIT */
/* library.h - the life of the library in a process: called by DllMain, or by the native build's start-up. */
#ifndef WS_BASE_LIBRARY_H
#define WS_BASE_LIBRARY_H

void library_init(void);

/* Frees what the library keeps. Handles, live or stale, must not be used any more. */
void library_exit(void);

#endif
