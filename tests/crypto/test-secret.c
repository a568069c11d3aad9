/* test-secret.c - locked memory: many small keys, wiped, watched at their ends */
#include "san-secret.h"

#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

static void
test_contents (void)
{
  g_autoptr(SanSecret) zero = san_secret_new (32);
  g_autoptr(SanSecret) copy = san_secret_new_copy ("abc", 3);
  g_autoptr(SanSecret) same = san_secret_new_copy ("abc", 3);
  g_autoptr(SanSecret) other = san_secret_new_copy ("abd", 3);
  g_autoptr(SanSecret) longer = san_secret_new_copy ("abcd", 4);
  g_autoptr(SanSecret) a = san_secret_new_random (32);
  g_autoptr(SanSecret) b = san_secret_new_random (32);
  static const guint8 zeros[32] = { 0 };

  g_assert_cmpmem (san_secret_get_data (zero), 32, zeros, 32);
  g_assert_cmpstr ((const char *) san_secret_get_data (copy), ==, "abc");
  g_assert_cmpuint (san_secret_get_size (copy), ==, 3);
  g_assert_true (san_secret_equal (copy, same));
  g_assert_false (san_secret_equal (copy, other));
  g_assert_false (san_secret_equal (copy, longer));
  g_assert_false (san_secret_equal (a, b));
}

/* Every size round the border between shared cells and blocks of their own. */
static void
test_sizes (void)
{
  for (gsize n = 0; n <= 300; n++)
    {
      g_autoptr(SanSecret) secret = san_secret_new (n);

      g_assert_cmpuint (san_secret_get_size (secret), ==, n);
      memset (san_secret_get_mutable (secret), 0xaa, n);
      g_assert_cmpuint (san_secret_get_data (secret)[n], ==, 0);
    }
  {
    g_autoptr(SanSecret) large = san_secret_new_random (1 << 20);

    g_assert_cmpuint (san_secret_get_size (large), ==, 1 << 20);
  }
}

static void
test_reference (void)
{
  SanSecret *secret = san_secret_new_copy ("kept", 4);

  g_assert_true (san_secret_ref (secret) == secret);
  san_secret_unref (secret);
  g_assert_cmpstr ((const char *) san_secret_get_data (secret), ==, "kept");
  san_secret_unref (secret);
  san_secret_unref (NULL);
}

/* A freed cell is handed out again, and nothing of its last owner is in it. */
static void
test_wiped (void)
{
  const guint8 *where;
  guint8 left[32];
  SanSecret *neighbour = san_secret_new (32);      /* keeps the block */
  SanSecret *secret = san_secret_new (32);

  memset (san_secret_get_mutable (secret), 0x5a, 32);
  where = san_secret_get_data (secret);
  san_secret_unref (secret);
  memcpy (left, where, sizeof left);               /* the page is still ours */
  for (guint i = 0; i < sizeof left; i++)
    g_assert_cmpuint (left[i], ==, 0);
  san_secret_unref (neighbour);
}

static void
test_distinct (void)
{
  enum { N = 2000 };
  g_autofree SanSecret **secrets = g_new (SanSecret *, N);

  for (guint round = 0; round < 3; round++)
    {
      for (guint i = 0; i < N; i++)
        {
          secrets[i] = san_secret_new (32);
          memcpy (san_secret_get_mutable (secrets[i]), &i, sizeof i);
        }
      for (guint i = 0; i < N; i++)
        g_assert_cmpmem (san_secret_get_data (secrets[i]), sizeof i, &i, sizeof i);
      for (guint i = 0; i < N; i += 2)             /* holes, filled again by the next ones */
        {
          san_secret_unref (secrets[i]);
          secrets[i] = san_secret_new (16);
        }
      for (guint i = 1; i < N; i += 2)
        g_assert_cmpmem (san_secret_get_data (secrets[i]), sizeof i, &i, sizeof i);
      for (guint i = 0; i < N; i++)
        san_secret_unref (secrets[(i * 7) % N]);   /* 7 and N are coprime */
    }
}

/* As an ordinary person: no privilege to lock what she likes. */
static void
become_ordinary (rlim_t bytes)
{
  struct rlimit limit = { bytes, bytes };

  g_assert_cmpint (setrlimit (RLIMIT_MEMLOCK, &limit), ==, 0);
  if (geteuid () == 0)
    g_assert_cmpint (setresuid (65534, 65534, 65534), ==, 0);
}

static void
test_many (void)
{
  enum { N = 50000 };

  if (g_test_subprocess ())
    {
      g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) san_secret_unref);

      become_ordinary (8 << 20);
      for (guint i = 0; i < N; i++)
        g_ptr_array_add (all, san_secret_new_random (32));
      g_assert_true (san_secret_is_locked ());
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

static void
test_small_limit (void)
{
#ifdef __SANITIZE_ADDRESS__
  g_test_skip ("the address sanitizer turns mlock() into nothing");
  return;
#endif
  if (g_test_subprocess ())
    {
      g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) san_secret_unref);

      become_ordinary (64 << 10);
      g_assert_true (san_secret_is_locked ());
      for (guint i = 0; i < 5000; i++)
        g_ptr_array_add (all, san_secret_new_random (32));
      g_assert_false (san_secret_is_locked ());    /* said; and everything goes on */
      g_ptr_array_set_size (all, 0);
      g_assert_false (san_secret_is_locked ());
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

static void
test_overrun (void)
{
  if (g_test_subprocess ())
    {
      SanSecret *secret = san_secret_new (32);

      san_secret_get_mutable (secret)[33] ^= 1;
      san_secret_unref (secret);
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*written past its end*");
}

static gpointer
churn (gpointer data)
{
  SanSecret *mine[64] = { NULL };

  for (guint i = 0; i < 20000; i++)
    {
      guint at = i * 31 % 64;

      san_secret_unref (mine[at]);
      mine[at] = san_secret_new (i % 70);
      memset (san_secret_get_mutable (mine[at]), (int) GPOINTER_TO_UINT (data), i % 70);
      if (i % 70 > 0)
        g_assert_cmpuint (san_secret_get_data (mine[at])[i % 70 - 1], ==, GPOINTER_TO_UINT (data));
    }
  for (guint i = 0; i < 64; i++)
    san_secret_unref (mine[i]);
  return NULL;
}

static void
test_threads (void)
{
  GThread *threads[4];

  for (guint i = 0; i < 4; i++)
    threads[i] = g_thread_new ("churn", churn, GUINT_TO_POINTER (i + 1));
  for (guint i = 0; i < 4; i++)
    g_thread_join (threads[i]);
}

static void
test_harden (void)
{
  if (g_test_subprocess ())
    {
      struct rlimit core;

      san_process_harden ();
      g_assert_cmpint (getrlimit (RLIMIT_CORE, &core), ==, 0);
      g_assert_cmpuint (core.rlim_max, ==, 0);
      _exit (0);                                   /* a leak checker would need ptrace */
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (san_crypto_init (NULL));
  g_test_add_func ("/crypto/secret/contents", test_contents);
  g_test_add_func ("/crypto/secret/all-sizes", test_sizes);
  g_test_add_func ("/crypto/secret/reference", test_reference);
  g_test_add_func ("/crypto/secret/wiped-when-let-go", test_wiped);
  g_test_add_func ("/crypto/secret/cells-do-not-overlap", test_distinct);
  g_test_add_func ("/crypto/secret/fifty-thousand-stay-locked", test_many);
  g_test_add_func ("/crypto/secret/small-limit-is-said", test_small_limit);
  g_test_add_func ("/crypto/secret/overrun-is-caught", test_overrun);
  g_test_add_func ("/crypto/secret/threads", test_threads);
  g_test_add_func ("/crypto/secret/process-is-hardened", test_harden);
  return g_test_run ();
}
