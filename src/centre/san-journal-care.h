/* san-journal-care.h - a new journal at the slightest doubt that this store was turned back */
#pragma once
#include "san-centre-private.h"
#include "san-authority-body.h"
G_BEGIN_DECLS

gboolean san_journal_care      (SanCentre *self, GError **error);                    /* at unlock */
gboolean san_journal_begin_new (SanCentre *self, SanJournalNotice why,
                                SanSignKey *sign_as /* nullable */, GError **error);

G_END_DECLS
