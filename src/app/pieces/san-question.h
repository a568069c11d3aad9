/* san-question.h - one question before an act that cannot be taken back
 *
 * For seven acts only: withdraw, erase a case, remove a person, revoke a device, restore a backup,
 * transfer a child, leave a running exchange. Everything else has an undo or is a page. */
#pragma once
#include <gtk/gtk.h>
G_BEGIN_DECLS

#define SAN_TYPE_QUESTION (san_question_get_type ())
G_DECLARE_FINAL_TYPE (SanQuestion, san_question, SAN, QUESTION, GtkWindow)

typedef void (*SanQuestionYes) (GtkWidget *over, gpointer data);

/**
 * san_question_ask:
 * @over: the page that asks: once it is gone (lock, another page) the question is gone too
 * @heading: what is asked, "Remove Sima?"
 * @body: what it means, in whole sentences; long ones scroll
 * @safe: the answer that changes nothing, "Keep her"; Enter and Escape give it
 * @act: the verb itself, "Remove"
 * @yes: called when the verb was chosen, never otherwise
 * @free_data: (nullable): called once at the end, whatever the answer
 *
 * Never put a child's name into it.
 *
 * Returns: (transfer none): the window, already shown
 */
SanQuestion *san_question_ask (GtkWidget      *over,
                               const char     *heading,
                               const char     *body,
                               const char     *safe,
                               const char     *act,
                               SanQuestionYes  yes,
                               gpointer        data,
                               GDestroyNotify  free_data);

G_END_DECLS
