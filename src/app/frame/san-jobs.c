/* san-jobs.c - long work at the page's foot: what, how far, Cancel
 *
 * Work under half a second shows nothing. One job is in view, the others are counted. */
#include "san-jobs.h"
#include "san-i18n.h"
#include "san-line.h"

#define PATIENCE_US  (500 * 1000)
#define LOOK_MS      100

struct _SanJobs
{
  GtkWidget parent_instance;

  GtkWidget *box, *label, *bar, *more, *cancel;
  GPtrArray *jobs;                  /* borrowed from the desk */
  guint      timer;
};

G_DEFINE_FINAL_TYPE (SanJobs, san_jobs, GTK_TYPE_WIDGET)

static gboolean
look_cb (gpointer data)
{
  SanJobs *self = data;
  SanJob *job = self->jobs->len > 0 ? self->jobs->pdata[0] : NULL;
  gint per_mille;

  if (job == NULL)
    {
      self->timer = 0;
      gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
      return G_SOURCE_REMOVE;
    }
  if (g_get_monotonic_time () - job->begun < PATIENCE_US)
    return G_SOURCE_CONTINUE;
  per_mille = g_atomic_int_get (&job->per_mille);
  gtk_label_set_label (GTK_LABEL (self->label), job->what);
  if (per_mille < 0)
    gtk_progress_bar_pulse (GTK_PROGRESS_BAR (self->bar));
  else
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar), per_mille / 1000.0);
  gtk_widget_set_visible (self->cancel, job->cancellable != NULL);
  gtk_widget_set_visible (self->more, self->jobs->len > 1);
  if (self->jobs->len > 1)
    {
      g_autofree char *more = san_words_print ("+%u", self->jobs->len - 1);

      gtk_label_set_label (GTK_LABEL (self->more), more);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  return G_SOURCE_CONTINUE;
}

void
san_jobs_show (SanJobs *self, GPtrArray *jobs)
{
  self->jobs = jobs;
  if (self->timer == 0 && jobs->len > 0)
    self->timer = g_timeout_add (LOOK_MS, look_cb, self);
}

static void
cancel_cb (GtkButton *button, SanJobs *self)
{
  SanJob *job = self->jobs != NULL && self->jobs->len > 0 ? self->jobs->pdata[0] : NULL;

  if (job != NULL && job->cancellable != NULL)
    g_cancellable_cancel (job->cancellable);
}

static void
san_jobs_dispose (GObject *object)
{
  SanJobs *self = SAN_JOBS (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (san_jobs_parent_class)->dispose (object);
}

static void
san_jobs_class_init (SanJobsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_jobs_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
san_jobs_init (SanJobs *self)
{
  self->box = san_line_new (12);
  gtk_widget_add_css_class (self->box, "san-strip");
  self->label = g_object_new (GTK_TYPE_LABEL, "wrap", TRUE, "xalign", 0.0, "hexpand", TRUE, NULL);
  self->bar = gtk_progress_bar_new ();
  gtk_widget_set_valign (self->bar, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (self->bar, 260, -1);
  self->more = gtk_label_new (NULL);
  self->cancel = gtk_button_new_with_label (_("Cancel"));
  g_signal_connect (self->cancel, "clicked", G_CALLBACK (cancel_cb), self);
  gtk_box_append (GTK_BOX (self->box), self->label);
  gtk_box_append (GTK_BOX (self->box), self->bar);
  gtk_box_append (GTK_BOX (self->box), self->more);
  gtk_box_append (GTK_BOX (self->box), self->cancel);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
