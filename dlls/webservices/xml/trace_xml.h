/* SPDX-License-Identifier: MIT */
/* trace_xml.h - values, texts and nodes for the trace, for %s as in base/trace.h. */
#ifndef WS_XML_TRACE_XML_H
#define WS_XML_TRACE_XML_H

#include "base/trace.h"

/* A value as XML Schema writes it; the pointer, if it cannot be read, has no text, or its type or size is wrong. */
struct trace_text trace_value(WS_VALUE_TYPE type, const void *value, ULONG size) COLD;

/* What an out parameter has received: ", *value=42"; nothing if the call failed. */
struct trace_text trace_out_value(HRESULT hr, WS_VALUE_TYPE type, const void *value, ULONG size) COLD;

/* A text as the characters that it stands for; of base64 and lists, what it is. */
struct trace_text trace_xml_text(const WS_XML_TEXT *text) COLD;

/* The type of a node, with the name of an element, or what a text or comment says. */
struct trace_text trace_node(const WS_XML_NODE *node) COLD;

/* Where a reader is after a call: ", node=WS_XML_NODE_TYPE_ELEMENT \"p:order\""; nothing for NULL, or if it failed. */
struct trace_text trace_out_node(HRESULT hr, const WS_XML_NODE *node) COLD;

#endif
