/* san-person-tile.h - somebody who can open this store, among others on the unlock page */
#pragma once
#include "san-centre.h"
#include <gtk/gtk.h>
G_BEGIN_DECLS

/* A child of a GtkFlowBox; floating. In an example her passphrase stands under her name. */
GtkWidget *san_person_tile_new (const SanLoginName *login, gboolean is_example);

G_END_DECLS
