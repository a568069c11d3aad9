/* san-state-words.c - a state as icon and word, in its colour */
#include "san-state-words.h"
#include "san-line.h"
#include "san-wrap.h"

static const struct { const char *kind, *icon, *css_class; } states[] = {
  { "overdue", "task-past-due-symbolic", "san-overdue" },
  { "today", "appointment-soon-symbolic", "san-due" },
  { "soon", "x-office-calendar-symbolic", "san-quiet" },
  { "later", "x-office-calendar-symbolic", "san-quiet" },
  { "unsure", "dialog-question-symbolic", "san-due" },
  { "done", "emblem-ok-symbolic", "san-done" },
  { "protected", "changes-prevent-symbolic", "san-protected" },
  { "shared", "emblem-shared-symbolic", "san-quiet" },
  { "unfinished", "document-edit-symbolic", "san-due" },
  { "finished", "application-certificate-symbolic", "san-done" },
  { "watch", "dialog-information-symbolic", "san-overdue" },
  { "safety", "dialog-warning-symbolic", "san-safety" },
};

const char *
san_state_icon (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_str_equal (states[i].kind, kind))
      return states[i].icon;
  return NULL;
}

const char *
san_state_css_class (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_str_equal (states[i].kind, kind))
      return states[i].css_class;
  return "san-quiet";
}

GtkWidget *
san_state_words_new (const char *kind, const char *words)
{
  GtkWidget *box = san_line_new (6);
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "label", words, "wrap", TRUE, "xalign", 0.0,
                                   "natural-wrap-mode", GTK_NATURAL_WRAP_NONE, NULL);
  const char *icon = san_state_icon (kind);

  if (icon != NULL)
    gtk_box_append (GTK_BOX (box),
                    san_without_baseline (g_object_new (GTK_TYPE_IMAGE, "icon-name", icon,
                                                        "accessible-role",
                                                        GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL)));
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_add_css_class (box, san_state_css_class (kind));
  return box;
}
