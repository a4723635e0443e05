/* SPDX-License-Identifier: MIT */
/* message-gsoap.h - the messages of cycle.h, by what gSOAP generates from message-gsoap.idl. */
#ifndef WS_BENCH_MESSAGE_GSOAP_H
#define WS_BENCH_MESSAGE_GSOAP_H

void gsoap_write_message(void);
void gsoap_read_message(void); /* what has been written last */
void gsoap_both(void);
void gsoap_free(void);

#endif
