/* san-code-keys.c - a recovery code as typed, and the keys that it stands for */
#include "san-code-keys.h"
#include "san-recovery-code.h"
#include "san-setup-private.h"
#include "san-staff.h"

gboolean
san_code_keys_read (SanCodeKeys *self, const SanSecret *text, GError **error)
{
  g_autoptr(SanSecret) code = san_setup_parse_code (text, error);

  if (code == NULL)
    return FALSE;
  self->sign = san_recovery_code_sign_key (code);
  self->box = san_recovery_code_box_key (code);
  return TRUE;
}

void
san_code_keys_clear (SanCodeKeys *self)
{
  g_clear_pointer (&self->sign, san_sign_key_unref);
  g_clear_pointer (&self->box, san_box_key_unref);
}

gboolean
san_code_keys_are_in_force (const SanCodeKeys *self, const SanAuthority *authority)
{
  return san_id32_equal (&san_authority_get_recovery_in_force (authority)->sign_pk,
                         san_sign_key_get_public (self->sign));
}

/* What a code signs after it was replaced counts nowhere: it is refused here already. */
gboolean
san_code_keys_need_in_force (const SanCodeKeys *self, SanCentre *centre, GError **error)
{
  const SanAuthority *authority = san_centre_get_authority (centre, error);

  if (authority == NULL)
    return FALSE;
  if (san_code_keys_are_in_force (self, authority))
    return TRUE;
  g_set_error_literal (error, SAN_ERROR, SAN_ERROR_LOCKED, "wrong recovery code");
  return FALSE;
}

gboolean
san_staff_code_fits (const SanSecret *code, const SanSecret *typed)
{
  g_auto(SanCodeKeys) right = { 0 };
  g_auto(SanCodeKeys) given = { 0 };

  return san_code_keys_read (&right, code, NULL) && san_code_keys_read (&given, typed, NULL) &&
         san_id32_equal (san_sign_key_get_public (right.sign),
                         san_sign_key_get_public (given.sign));
}
