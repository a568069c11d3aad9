/* san-store-name.h - a name on the session bus for each store, so that a second start finds the
 * window that is there
 *
 * The name says nothing but a hash of the store's folder. What is called under it is what every
 * GApplication offers there: come forward, and show a file; never data, and a window that is locked
 * or covered stays so. */
#pragma once
#include "san-desk.h"
G_BEGIN_DECLS

typedef struct _SanStoreName SanStoreName;

SanStoreName *san_store_name_new               (SanDesk *desk);
void          san_store_name_free              (SanStoreName *self);
gboolean      san_store_name_hand_over         (SanStoreName *self, GFile *file /* (nullable) */);

char         *san_store_name_dup               (const char *store);
gboolean      san_store_name_ask_holder        (const char *store, GCancellable *cancellable,
                                                GAsyncReadyCallback done, gpointer user_data);
gint64        san_store_name_ask_holder_finish (GObject *bus, GAsyncResult *result);
void          san_store_name_show              (const char *store, GFile *file /* (nullable) */,
                                                GCancellable *cancellable,
                                                GAsyncReadyCallback done, gpointer user_data);
gboolean      san_store_name_show_finish       (GObject *bus, GAsyncResult *result);

G_END_DECLS
