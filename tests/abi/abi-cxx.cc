// SPDX-License-Identifier: MIT
// The comparison as C++, which adds that of types.
#include "abi.c"
