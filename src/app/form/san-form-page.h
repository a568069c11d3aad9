/* san-form-page.h - one form, filled in or new: any form of the catalogue
 *
 * Other pages that write a record derive from it and lay out the questions themselves. */
#pragma once
#include "san-form-body.h"
#include "san-form-work.h"
#include "san-page.h"
G_BEGIN_DECLS

#define SAN_TYPE_FORM_PAGE (san_form_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (SanFormPage, san_form_page, SAN, FORM_PAGE, SanPage)

/**
 * SanFormPageClass:
 * @make_body: (nullable): a #SanFormBody of its own
 * @answered: (nullable): an answer changed
 * @first: (nullable): the field in which a new record begins
 * @extra_label, @extra_action: (nullable): one more button in the head, while its action is enabled
 */
struct _SanFormPageClass
{
  SanPageClass parent_class;

  GtkWidget  *(*make_body) (SanFormPage *self, SanAnswers *answers);
  void        (*answered)  (SanFormPage *self);
  const char   *first;
  const char   *extra_label, *extra_action;
};

SanFormWork *san_form_page_get_work  (SanFormPage *self);
SanFormBody *san_form_page_get_body  (SanFormPage *self);           /* (nullable) */
/* above the questions */
void         san_form_page_set_aside (SanFormPage *self, GtkWidget *aside /* nullable */);
GtkWidget   *san_form_page_get_aside (SanFormPage *self);           /* (nullable) */

G_END_DECLS
