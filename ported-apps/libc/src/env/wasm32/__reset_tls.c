/* Nobody calls it where there are no threads; see threads/clone.c for the other. */
void __reset_tls(void)
{
}
