/* SPDX-License-Identifier: MIT */
/*
 * windows-types.h - the Windows types that webservices.h needs, for builds on other systems.
 *
 * Only webservices.h includes this, and only where there is no <windows.h>. Sizes are those of Windows: a
 * LONG has 32 bits and a WCHAR 16 everywhere.
 */
#ifndef WINDOWS_TYPES_H
#define WINDOWS_TYPES_H

#include <stddef.h>
#include <stdint.h>

typedef int32_t HRESULT;
typedef uint32_t ULONG;
typedef uint16_t WCHAR;
typedef uint16_t LANGID;
typedef size_t SIZE_T;

#define WINAPI
#define CALLBACK

#define S_OK          ((HRESULT)0)
#define E_OUTOFMEMORY ((HRESULT)0x8007000Eu)
#define E_INVALIDARG  ((HRESULT)0x80070057u)

#define SUCCEEDED(hr) ((HRESULT)(hr) >= 0)
#define FAILED(hr)    ((HRESULT)(hr) < 0)

#define LANG_GERMAN     0x07
#define LANG_ENGLISH    0x09
#define SUBLANG_DEFAULT 0x01
#define MAKELANGID(primary, sub) ((LANGID)(((LANGID)(sub) << 10) | (LANGID)(primary)))

#endif
