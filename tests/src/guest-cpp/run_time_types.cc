/* dynamic_cast and typeid, with several and virtual bases. */
#include <any>
#include <cstdio>
#include <typeindex>
#include <typeinfo>
#include <variant>

struct A { virtual ~A() = default; int a = 1; };
struct B : virtual A { int b = 2; };
struct C : virtual A { int c = 3; };
struct D : B, C { int d = 4; };
struct E { virtual ~E() = default; };
struct F : private E, D { };
namespace { struct Hidden : E { }; }
template <typename T> struct Box : E { T value; };
struct P { virtual void f() = 0; virtual ~P() = default; };
struct Q : A { };
struct R : A { };
struct S : Q, R { };

int main()
{
	D d;
	A *a = &d;
	B *b = dynamic_cast<B *>(a);
	C *c = dynamic_cast<C *>(b);
	std::printf("%d %d %d\n", b->b, c->c, dynamic_cast<D *>(c)->d);
	std::printf("%d %d\n", dynamic_cast<void *>(c) == &d, dynamic_cast<E *>(a) == nullptr);
	F f;
	a = &f;
	std::printf("private base: %d\n", dynamic_cast<E *>(a) == nullptr);
	S s;
	Q *q = &s;
	std::printf("across: %d\n", dynamic_cast<R *>(q) == &s);
	try {
		(void)dynamic_cast<E &>(*a);
	} catch (const std::bad_cast &) {
		std::puts("bad cast");
	}
	try {
		P *none = nullptr;
		(void)typeid(*none);
	} catch (const std::bad_typeid &) {
		std::puts("bad typeid");
	}
	std::printf("%s %s %s %s\n", typeid(*a).name(), typeid(Box<int>).name(), typeid(int **).name(), typeid(void (*)(A &)).name());
	std::printf("%d %d\n", typeid(*c) == typeid(D), std::type_index(typeid(B)) == std::type_index(typeid(C)));
	Hidden hidden;
	E *e = &hidden;
	std::printf("hidden: %d\n", dynamic_cast<Hidden *>(e) == &hidden);
	std::any any = 5;
	try {
		(void)std::any_cast<long>(any);
	} catch (const std::bad_any_cast &) {
		std::puts("bad any cast");
	}
	std::variant<int, double> variant = 2.5;
	try {
		(void)std::get<int>(variant);
	} catch (const std::bad_variant_access &) {
		std::printf("bad access, %g\n", std::get<double>(variant));
	}
}
