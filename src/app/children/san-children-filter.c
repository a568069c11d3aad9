/* san-children-filter.c - whom of those in care the list shows, and in which order
 *
 * Five questions, each with an answer that leaves nobody out standing first. */
#include "san-children-filter.h"
#include "san-drop-down.h"
#include "san-i18n.h"
#include "san-wrap.h"

#define ANSWERS 6                       /* at most, of one question */

typedef enum { WHO, AGE, ALERT, DUE, SORT, N_QUESTIONS } Question;

struct _SanChildrenFilter
{
  GtkWidget parent_instance;

  GtkDropDown *questions[N_QUESTIONS];
  gboolean     settling;
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SanChildrenFilter, san_children_filter, GTK_TYPE_WIDGET)

static const struct { const char *spoken, *answers[ANSWERS]; } questions[N_QUESTIONS] = {
  [WHO] = { N_("Show only"),
            { N_("Everybody"), N_("I am responsible"), N_("New in the last two weeks"),
              N_("Turning 18 within half a year") } },
  [AGE] = { N_("Age"),
            { N_("Any age"), N_("Under 7 years"), N_("7 to 11 years"), N_("12 to 15 years"),
              N_("16 and 17 years"), N_("18 and over") } },
  [ALERT] = { N_("What to know of her"),
              { N_("With and without alerts"), N_("Has an allergy"), N_("Something helps her"),
                N_("Eats differently"), N_("To be seen today") } },
  [DUE] = { N_("What is due"),
            { N_("Whatever is due"), N_("Something is overdue"),
              N_("Something is overdue or due today") } },
  [SORT] = { N_("Order"),
             { N_("By bed"), N_("By alias"), N_("Youngest first"), N_("Newest first"),
               N_("Most overdue first") } },
};

static const SanRollKind who[] = { SAN_ROLL_IN_CARE, SAN_ROLL_MINE, SAN_ROLL_NEW,
                                   SAN_ROLL_EIGHTEEN };

static guint
answer_to (SanChildrenFilter *self, Question question)
{
  return gtk_drop_down_get_selected (self->questions[question]);
}

void
san_children_filter_get (SanChildrenFilter *self, SanRollChoice *choice)
{
  choice->kind = who[MIN (answer_to (self, WHO), G_N_ELEMENTS (who) - 1)];
  choice->age = (SanRollAge) answer_to (self, AGE);
  choice->alert = (SanRollAlert) answer_to (self, ALERT);
  choice->due = (SanRollDue) answer_to (self, DUE);
  choice->sort = (SanRollSort) answer_to (self, SORT);
}

void
san_children_filter_set (SanChildrenFilter *self, const SanRollChoice *choice)
{
  guint answers[N_QUESTIONS] = {
    [AGE] = choice->age, [ALERT] = choice->alert, [DUE] = choice->due, [SORT] = choice->sort
  };

  for (guint i = 0; i < G_N_ELEMENTS (who); i++)
    if (who[i] == choice->kind)
      answers[WHO] = i;
  self->settling = TRUE;
  for (guint q = 0; q < N_QUESTIONS; q++)
    if (answers[q] < g_list_model_get_n_items (gtk_drop_down_get_model (self->questions[q])))
      gtk_drop_down_set_selected (self->questions[q], answers[q]);
  self->settling = FALSE;
}

gboolean
san_children_filter_is_used (SanChildrenFilter *self)
{
  for (guint q = 0; q < N_QUESTIONS; q++)
    if (answer_to (self, (Question) q) != 0)
      return TRUE;
  return FALSE;
}

static void
selected_cb (GtkDropDown *question, GParamSpec *pspec, SanChildrenFilter *self)
{
  if (!self->settling)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
add_question (SanChildrenFilter *self, Question question)
{
  const char *words[ANSWERS + 1] = { NULL };
  GtkDropDown *drop;

  for (guint i = 0; i < ANSWERS && questions[question].answers[i] != NULL; i++)
    words[i] = _(questions[question].answers[i]);
  drop = GTK_DROP_DOWN (gtk_drop_down_new_from_strings (words));
  /* a tip would be said in place of the answer if it came last */
  gtk_widget_set_tooltip_text (GTK_WIDGET (drop), _(questions[question].spoken));
  san_drop_down_name (drop, _(questions[question].spoken));
  g_signal_connect (drop, "notify::selected", G_CALLBACK (selected_cb), self);
  gtk_widget_set_parent (GTK_WIDGET (drop), GTK_WIDGET (self));
  self->questions[question] = drop;
}

static void
san_children_filter_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (san_children_filter_parent_class)->dispose (object);
}

static void
san_children_filter_class_init (SanChildrenFilterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_children_filter_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), SAN_TYPE_WRAP);
  signals[CHANGED] = g_signal_new ("changed", SAN_TYPE_CHILDREN_FILTER, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
san_children_filter_init (SanChildrenFilter *self)
{
  for (guint q = 0; q < N_QUESTIONS; q++)
    add_question (self, (Question) q);
}
