/* SPDX-License-Identifier: MIT */
/*
 * name_in_text.h - qualified names in values, which rely on declarations that may be outside of what is copied:
 * name_in_text.c.
 */
#ifndef WS_XML_NAME_IN_TEXT_H
#define WS_XML_NAME_IN_TEXT_H

#include <stdbool.h>

#include "webservices.h"

/* Longer prefixes are not looked for in text. */
#define XML_LONGEST_PREFIX 64

/*
 * Whether a text of characters looks like a qualified name with a prefix, as in xsi:type="p:T" and
 * <faultcode>p:Client</faultcode>. `prefix` receives that, in the text or in `room`.
 */
bool xml_looks_like_qname(const WS_XML_TEXT *text, BYTE room[XML_LONGEST_PREFIX], WS_XML_STRING *prefix);

#endif
