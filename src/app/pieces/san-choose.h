/* san-choose.h - the desktop's chooser of files and folders, behind one door
 *
 * Nothing that is chosen reaches the list of recent files, and a chooser goes away with the page
 * that opened it, so it never stands over a locked window. */
#pragma once
#include <gtk/gtk.h>
G_BEGIN_DECLS

/* @file: (transfer none); only called when something was chosen and @asker is still there. */
typedef void (*SanChosen) (GtkWidget *asker, GFile *file, gpointer data);

void san_choose_folder (GtkWidget *asker, const char *title,
                        const char *verb /* "Use this folder" */, GFile *begin_at /* nullable */,
                        SanChosen chosen, gpointer data);
/* @pattern: (nullable): "*.sancard" */
void san_choose_file   (GtkWidget *asker, const char *title, const char *verb, GFile *begin_at,
                        const char *pattern,
                        SanChosen chosen, gpointer data);
/* @name: what is proposed: the report and the date, never a person or an alias. */
void san_choose_save   (GtkWidget *asker, const char *title, const char *verb, GFile *begin_at,
                        const char *name,
                        SanChosen chosen, gpointer data);

G_END_DECLS
