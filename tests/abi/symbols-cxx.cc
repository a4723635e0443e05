/* SPDX-License-Identifier: MIT */
/* symbols.c as C++: see there. */
#include "symbols.c"
