/* SPDX-License-Identifier: MIT */
/*
 * Refers to every function, so that the object file needs all of them under the names that the DLL has to export.
 * symbols.sh looks at these names. The object is not linked into anything.
 *
 * Compiled as C, and by symbols-cxx.cc as C++, where the names are the same only because the header says extern "C".
 */

#include <webservices.h>

/* C++ would keep a constant to itself, and then leave it out. */
extern void (*const ws_functions[])(void);

void (*const ws_functions[])(void) = {
#define ABI_FUNCTION(name, bytes, returntype, parameters) (void (*)(void)) name,
#include "abi-data.h"
};
