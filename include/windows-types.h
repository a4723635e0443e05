/* SPDX-License-Identifier: MIT */
/*
 * windows-types.h - what webservices.h takes from windows.h, for systems that are not Windows
 *
 * The portable half of the library is compiled and tested natively with these. Sizes are those of Windows: LONG and
 * ULONG have 32 bits on every system, and a 64-bit build has the layouts of 64-bit Windows. On Windows this header is
 * not used.
 *
 * A WCHAR has 16 bits, wchar_t usually 32: write u"text", not L"text". In C11 u"text" is an array of WCHAR, here and
 * on Windows; in C++ it is one of char16_t, which is what WCHAR is here.
 */

#ifndef WEBSERVICES_WINDOWS_TYPES_H
#define WEBSERVICES_WINDOWS_TYPES_H

#include <stddef.h>
#include <stdint.h>

/* ---- Calling conventions, and the annotations of sal.h ---- */

#define WINAPI
#define CALLBACK

#define _In_
#define _In_opt_
#define _In_reads_(count)
#define _In_reads_opt_(count)
#define _In_reads_bytes_(size)
#define _In_reads_bytes_opt_(size)
#define _Out_
#define _Out_opt_
#define _Out_writes_(count)
#define _Out_writes_bytes_(size)
#define _Out_writes_bytes_opt_(size)
#define _Outptr_
#define _Outptr_result_maybenull_

/* ---- Numbers and characters ---- */

typedef char CHAR;
typedef uint8_t BYTE;
typedef uint8_t UCHAR;
typedef int16_t SHORT;
typedef uint16_t USHORT;
typedef uint16_t WORD;
typedef int INT;
typedef unsigned int UINT;
typedef int32_t LONG;
typedef uint32_t ULONG;
typedef uint32_t DWORD;
typedef long long INT64;
typedef long long LONGLONG;
typedef unsigned long long UINT64;
typedef unsigned long long ULONGLONG;
typedef size_t SIZE_T;
typedef uintptr_t ULONG_PTR;
typedef int BOOL;
typedef void *HANDLE;

#ifdef __cplusplus
typedef char16_t WCHAR;
#else
typedef uint16_t WCHAR;
#endif

#ifndef FALSE
#define FALSE 0
#endif
#ifndef TRUE
#define TRUE 1
#endif

#define INFINITE 0xFFFFFFFF /* a timeout that never comes */

/* ---- Structures ---- */

typedef struct _GUID {
    ULONG Data1;
    USHORT Data2;
    USHORT Data3;
    BYTE Data4[8];
} GUID;

/* A time in units of 100 ns since 1 January 1601. */
typedef struct _FILETIME {
    DWORD dwLowDateTime;
    DWORD dwHighDateTime;
} FILETIME;

/* A number of 96 bits, divided by ten to the power of scale. Its parts are named as in wtypes.h. */
typedef struct tagDEC {
    USHORT wReserved;
    __extension__ union {
        __extension__ struct {
            BYTE scale;
            BYTE sign; /* DECIMAL_NEG or 0 */
        };
        USHORT signscale;
    };
    ULONG Hi32;
    __extension__ union {
        __extension__ struct {
            ULONG Lo32;
            ULONG Mid32;
        };
        ULONGLONG Lo64;
    };
} DECIMAL;

#define DECIMAL_NEG 0x80

/* ---- Results ---- */

typedef LONG HRESULT;

#define SUCCEEDED(hr) ((HRESULT)(hr) >= 0)
#define FAILED(hr) ((HRESULT)(hr) < 0)

#define NO_ERROR 0
#define NOERROR 0
#define S_OK ((HRESULT)0)
#define S_FALSE ((HRESULT)1)
#define E_NOTIMPL ((HRESULT)0x80004001)
#define E_POINTER ((HRESULT)0x80004003)
#define E_ABORT ((HRESULT)0x80004004)
#define E_FAIL ((HRESULT)0x80004005)
#define E_UNEXPECTED ((HRESULT)0x8000FFFF)
#define E_ACCESSDENIED ((HRESULT)0x80070005)
#define E_HANDLE ((HRESULT)0x80070006)
#define E_OUTOFMEMORY ((HRESULT)0x8007000E)
#define E_INVALIDARG ((HRESULT)0x80070057)

/* ---- Languages ---- */

typedef WORD LANGID;

#define MAKELANGID(primary, sub) ((LANGID)(((sub) << 10) | (primary)))
#define PRIMARYLANGID(language) ((LANGID)((language) & 0x3FF))
#define SUBLANGID(language) ((LANGID)((language) >> 10))

#define LANG_NEUTRAL 0x00
#define LANG_GERMAN 0x07
#define LANG_ENGLISH 0x09
#define SUBLANG_NEUTRAL 0x00
#define SUBLANG_DEFAULT 0x01
#define SUBLANG_ENGLISH_US 0x01

#endif /* WEBSERVICES_WINDOWS_TYPES_H */
