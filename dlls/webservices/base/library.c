/* SPDX-License-Identifier: MIT */
/* library.c - see library.h. */
#include "library.h"

#include "handle.h"
#include "memory.h"
#include "platform.h"
#include "trace.h"

void library_init(void)
{
    platform_init();
    trace_init();
    memory_init();
}

void library_exit(void)
{
    handle_release_pools();
    platform_exit();
}
