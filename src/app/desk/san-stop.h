/* san-stop.h - one stop on a person's way through the window: which page, about whom and what */
#pragma once
#include "san-id.h"
G_BEGIN_DECLS

/**
 * SanStop:
 * @page: name of a page in the table of pages ("today", "child", "form" …), static
 * @child: zero where the page is about nobody
 * @record: zero for a new one
 * @form: (nullable): id of a form
 * @part: (nullable): section, tab or whatever else the page was opened at
 * @view: (nullable): what the page wants to find again when it is made anew after a lock, a change
 *   of language or on the way back: scroll position, cursor, a draft's id. Never words or names.
 * @focus: (nullable): where the focus was, for pages that do not find it themselves; numbers and
 *   kinds of widgets
 *
 * Pages are made anew from their stop, so a stop holds all that is needed and nothing that may
 * not outlive a lock.
 */
typedef struct
{
  const char *page;
  SanId32     child;
  SanId16     record;
  char       *form;
  char       *part;
  GVariant   *view;
  GVariant   *focus;
} SanStop;

SanStop *san_stop_new      (const char *page);
SanStop *san_stop_copy     (const SanStop *self);
void     san_stop_free     (SanStop *self);
void     san_stop_set_view (SanStop *self, GVariant *view);   /* sinks a floating one */
void     san_stop_set_focus (SanStop *self, GVariant *focus);  /* the same */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SanStop, san_stop_free)

G_END_DECLS
