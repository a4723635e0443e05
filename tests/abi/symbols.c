/* SPDX-License-Identifier: MIT */
/*
 * Refers to every function, so that the object file needs all of them under the names that the DLL has to export.
 * symbols.sh looks at these names. The object is not linked into anything.
 */

#include <webservices.h>

void (*const ws_functions[])(void) = {
#define ABI_FUNCTION(name, bytes, returntype, parameters) (void (*)(void)) name,
#include "abi-data.h"
};
