/* san-exchange-steps.c - the five steps of an exchange and how far it is */
#include "san-exchange-steps.h"
#include "san-exchange-run.h"
#include "san-i18n.h"
#include "san-lines.h"

struct _SanExchangeSteps
{
  GtkWidget parent_instance;
  GtkWidget *bars[SAN_EXCHANGE_N_STEPS];
  GtkWidget *words[SAN_EXCHANGE_N_STEPS];
};

G_DEFINE_FINAL_TYPE (SanExchangeSteps, san_exchange_steps, GTK_TYPE_WIDGET)

static const char *const names[SAN_EXCHANGE_N_STEPS] = {
  N_("1 Reading"), N_("2 Checking"), N_("3 Using it"), N_("4 Writing"), N_("5 Done"),
};

void
san_exchange_steps_set (SanExchangeSteps *self, guint step, double fraction)
{
  for (guint i = 0; i < SAN_EXCHANGE_N_STEPS; i++)
    {
      gboolean past = i < step || step == SAN_EXCHANGE_N_STEPS - 1;

      gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bars[i]), past        ? 1.0
                                                                       : i == step ? fraction
                                                                                   : 0.0);
      if (i == step)
        {
          gtk_widget_add_css_class (self->words[i], "heading");
          gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                          _(names[i]), -1);
        }
      else
        gtk_widget_remove_css_class (self->words[i], "heading");
    }
}

static void
san_exchange_steps_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (san_exchange_steps_parent_class)->dispose (object);
}

static void
san_exchange_steps_class_init (SanExchangeStepsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = san_exchange_steps_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_PROGRESS_BAR);
}

static void
san_exchange_steps_init (SanExchangeSteps *self)
{
  GtkBoxLayout *layout = GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));

  gtk_widget_add_css_class (GTK_WIDGET (self), "san-step");
  gtk_box_layout_set_homogeneous (layout, TRUE);
  gtk_box_layout_set_spacing (layout, 12);
  for (guint i = 0; i < SAN_EXCHANGE_N_STEPS; i++)
    {
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

      self->words[i] = san_line_label (_(names[i]), NULL);
      self->bars[i] = g_object_new (GTK_TYPE_PROGRESS_BAR, "accessible-role",
                                    GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
      gtk_widget_set_valign (self->words[i], GTK_ALIGN_END);
      gtk_widget_set_vexpand (self->words[i], TRUE);
      gtk_box_append (GTK_BOX (box), self->words[i]);
      gtk_box_append (GTK_BOX (box), self->bars[i]);
      gtk_widget_set_parent (box, GTK_WIDGET (self));
    }
}
