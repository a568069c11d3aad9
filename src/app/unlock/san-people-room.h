/* san-people-room.h - the room of those who can open this store: it gives way where there is little
 *
 * With large text or many people they scroll for themselves, so that the field for the passphrase
 * and what belongs to it stay in view. */
#pragma once
#include <gtk/gtk.h>
G_BEGIN_DECLS

/* @box has one child, a scrolled window of a widget whose height depends on its width. */
void san_people_room_set (GtkWidget *box);

G_END_DECLS
