/* SPDX-License-Identifier: MIT */
/* clang-format off */
/*
 * webservices-sal.h - names of SAL's first version, as code uses them that wsutil generated
 *
 * They annotate parameters and fields, and mean nothing to compilers. The sal.h of mingw-w64 has some of them, and other
 * systems none. webservices.h includes this, so that C needs nothing else.
 *
 * In C++ webservices.h leaves out __in and __out: libstdc++ uses them for names of its own. A C++ program includes this
 * header itself, after the headers of the C++ library and before what wsutil generated.
 */

#ifndef WEBSERVICES_SAL_H
#define WEBSERVICES_SAL_H

#ifdef _WIN32
#include <sal.h>
#endif

/* ---- Parameters: which way data goes; _opt: the pointer may be NULL ---- */

#ifndef __in_opt
#define __in_opt
#endif
#ifndef __out_opt
#define __out_opt
#endif
#ifndef __inout
#define __inout
#endif
#ifndef __inout_opt
#define __inout_opt
#endif

/* ---- ... and how many items (ecount) or bytes (bcount) there are; _part: of which so many are meant ---- */

#ifndef __in_ecount
#define __in_ecount(size)
#endif
#ifndef __in_ecount_opt
#define __in_ecount_opt(size)
#endif
#ifndef __in_bcount
#define __in_bcount(size)
#endif
#ifndef __in_bcount_opt
#define __in_bcount_opt(size)
#endif
#ifndef __out_ecount
#define __out_ecount(size)
#endif
#ifndef __out_ecount_opt
#define __out_ecount_opt(size)
#endif
#ifndef __out_bcount
#define __out_bcount(size)
#endif
#ifndef __out_bcount_opt
#define __out_bcount_opt(size)
#endif
#ifndef __out_ecount_part
#define __out_ecount_part(size, length)
#endif
#ifndef __out_ecount_part_opt
#define __out_ecount_part_opt(size, length)
#endif
#ifndef __out_bcount_part
#define __out_bcount_part(size, length)
#endif
#ifndef __out_bcount_part_opt
#define __out_bcount_part_opt(size, length)
#endif
#ifndef __inout_ecount
#define __inout_ecount(size)
#endif
#ifndef __inout_ecount_opt
#define __inout_ecount_opt(size)
#endif

/* ---- Strings that a zero ends ---- */

#ifndef __nullterminated
#define __nullterminated
#endif
#ifndef __in_z
#define __in_z
#endif
#ifndef __in_z_opt
#define __in_z_opt
#endif

/* ---- What a pointer's pointer points to ---- */

#ifndef __deref
#define __deref
#endif
#ifndef __deref_out
#define __deref_out
#endif
#ifndef __deref_out_opt
#define __deref_out_opt
#endif
#ifndef __deref_opt_out
#define __deref_opt_out
#endif
#ifndef __deref_opt_out_opt
#define __deref_opt_out_opt
#endif
#ifndef __deref_inout
#define __deref_inout
#endif
#ifndef __deref_inout_opt
#define __deref_inout_opt
#endif
#ifndef __deref_out_ecount
#define __deref_out_ecount(size)
#endif
#ifndef __deref_out_ecount_opt
#define __deref_out_ecount_opt(size)
#endif
#ifndef __deref_inout_ecount_opt
#define __deref_inout_ecount_opt(size)
#endif
#ifndef __deref_out_bcount
#define __deref_out_bcount(size)
#endif
#ifndef __deref_out_bcount_opt
#define __deref_out_bcount_opt(size)
#endif

/* ---- Fields of structures ---- */

#ifndef __field_ecount
#define __field_ecount(size)
#endif
#ifndef __field_ecount_opt
#define __field_ecount_opt(size)
#endif
#ifndef __field_bcount
#define __field_bcount(size)
#endif
#ifndef __field_bcount_opt
#define __field_bcount_opt(size)
#endif

#endif

/* Outside of the guard, since webservices.h may have left these out before. */
#if !defined(__cplusplus) || !defined(WEBSERVICES_LEAVES_IN_OUT)
#ifndef __in
#define __in
#endif
#ifndef __out
#define __out
#endif
#endif
