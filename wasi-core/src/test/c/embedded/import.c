/* Imports a function that WASI does not have. */
__attribute__((import_module("elsewhere"), import_name("function"))) int function(void);

int main(void) {
    return function();
}
