/* SPDX-License-Identifier: MIT */
/* main.c - the DLL's entry point. */
#include <windows.h>

#include "base/handle.h"
#include "channel/http/http_pool.h"
#include "channel/io/operation.h"

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, LPVOID reserved);

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, LPVOID reserved)
{
    switch (reason)
    {
    case DLL_PROCESS_ATTACH: DisableThreadLibraryCalls(instance); break;
    case DLL_PROCESS_DETACH:
        /* When the process ends (reserved is set) the system takes everything back faster. */
        if (!reserved)
        {
            http_pool_release();
            operation_release_threads();
            handle_release_pools();
        }
        break;
    }
    return TRUE;
}
