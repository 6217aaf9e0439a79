/* The compiler gives each form of main a name and type of its own. The start calls __main_argc_argv; this
 * one is linked for a program that has main(void), which the compiler calls __main_void. */
int __main_void(void);

int __main_argc_argv(int argc, char **argv)
{
	return __main_void();
}
