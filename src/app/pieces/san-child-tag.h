/* san-child-tag.h - a child as everybody sees her: sign, the name she chose to be called here, bed
 *
 * Never her real name. The sign is for those who read little. */
#pragma once
#include "san-desk.h"
G_BEGIN_DECLS

#define SAN_TYPE_CHILD_TAG (san_child_tag_get_type ())
G_DECLARE_FINAL_TYPE (SanChildTag, san_child_tag, SAN, CHILD_TAG, GtkWidget)

GtkWidget *san_child_tag_new        (void);
void       san_child_tag_show       (SanChildTag *self, SanDesk *desk, const char *alias,
                                     const char *sign, const char *bed);
void       san_child_tag_set_large  (SanChildTag *self, gboolean large); /* the heading of a page */
void       san_child_tag_set_sign_only (SanChildTag *self, gboolean sign_only);
char      *san_child_tag_dup_words  (const char *alias, const char *bed);    /* "Bakul · 7" */
char      *san_child_tag_dup_spoken (const char *alias, const char *bed);    /* "Bakul, bed 7" */
/* The disc alone, for whoever lays out the words: an image, or a letter where the sign has no
 * drawing. */
GtkWidget *san_sign_disc_new        (const char *sign, const char *alias, int pixels);

G_END_DECLS
