/* san-topic.h - one topic of the help: a title and paragraphs, in the person's language */
#pragma once
#include "san-error.h"
G_BEGIN_DECLS

typedef struct { char *title; GPtrArray *paragraphs; /* (element-type utf8) */ } SanTopic;

/* Reads NAME.page (Mallard; title and p are understood) of the folder; words are translated as they
 * are read. NOT_FOUND, DAMAGED. */
SanTopic *san_topic_read (const char *dir, const char *name, GError **error);
void      san_topic_free (SanTopic *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanTopic, san_topic_free)

G_END_DECLS
