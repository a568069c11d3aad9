/* san-exchange-words.h - what an exchange will do and did, in sentences; no widgets */
#pragma once
#include "san-carry.h"
G_BEGIN_DECLS

/* (element-type utf8), at least one. */
GPtrArray *san_exchange_words_result  (const SanExchangeResult *result, gboolean drive);
/* @drive: it was a pen drive; @gone: and it is not there any more. */
char      *san_exchange_words_failure (const GError *error, gboolean drive, gboolean gone);
/* "2 children, 31 notes, 1 attached file" */
char      *san_exchange_words_waiting (const SanWaitingRow *row);
/* (nullable): the files of theirs that have not come yet */
char      *san_exchange_words_awaited (const SanWaitingRow *row);
/* "They have ours up to …, we have theirs up to …" */
char      *san_exchange_words_sides   (const SanWaitingRow *row, gint64 now);
/* A state: its icon, its class of colour, and its word. */
const char *san_exchange_words_state  (const SanWaitingRow *row, gint64 now, const char **icon,
                                       const char **css, char **free_word);
/* (element-type utf8), at least one */
GPtrArray *san_exchange_words_look    (const SanPlaceLook *look);

G_END_DECLS
