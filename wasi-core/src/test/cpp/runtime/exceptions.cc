// What Debian's C++ runtime for Wasm lacks, since it is built without exceptions: throwing and catching by
// WebAssembly's own instructions, for one thread and types with single inheritance.
// The tables are those of the Itanium C++ ABI, as clang writes them for -fwasm-exceptions.
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <string_view>
#include <typeinfo>

namespace {

struct Exception {
    Exception *caughtBefore;
    const std::type_info *type;
    void *(*destroy)(void *);  // a destructor returns its object in Wasm
    int handlers;
    bool rethrown;
    alignas(16) char object[];
};

Exception *caught;

Exception *headerOf(void *object) {
    return reinterpret_cast<Exception *>(static_cast<char *>(object) - offsetof(Exception, object));
}

struct ClassWithBase : std::type_info {
    const std::type_info *base;
};

bool catches(const std::type_info *handler, const std::type_info *thrown) {
    while (*thrown != *handler) {
        if (std::string_view(typeid(*thrown).name()) != "N10__cxxabiv120__si_class_type_infoE") {
            return false;
        }
        thrown = static_cast<const ClassWithBase *>(thrown)->base;
    }
    return true;
}

uintptr_t unsignedNumber(const uint8_t *&at) {
    uintptr_t value = 0;
    for (int shift = 0;; shift += 7) {
        value |= static_cast<uintptr_t>(*at & 0x7f) << shift;
        if (!(*at++ & 0x80)) {
            return value;
        }
    }
}

intptr_t signedNumber(const uint8_t *&at) {
    intptr_t value = 0;
    int shift = 0;
    uint8_t byte;
    do {
        byte = *at++;
        value |= static_cast<intptr_t>(byte & 0x7f) << shift;
        shift += 7;
    } while (byte & 0x80);
    return byte & 0x40 && shift < 32 ? value | -(static_cast<intptr_t>(1) << shift) : value;
}

// The handler of a landing pad that takes the exception: its number in the table of types; 0 for none.
intptr_t handler(const uint8_t *table, uintptr_t pad, const std::type_info *thrown) {
    const uint8_t *at = table + 1;
    const uint8_t *types = nullptr;
    if (*at++ != 0xff) {
        uintptr_t offset = unsignedNumber(at);
        types = at + offset;
    }
    at++;
    uintptr_t length = unsignedNumber(at);
    const uint8_t *actions = at + length;
    uintptr_t action = 0;
    for (uintptr_t i = 0; i <= pad; i++) {
        unsignedNumber(at);
        action = unsignedNumber(at);
    }
    if (action == 0) {
        return 0;
    }
    for (at = actions + action - 1;;) {
        intptr_t type = signedNumber(at);
        auto *wanted = type > 0 ? reinterpret_cast<const std::type_info *const *>(types)[-type] : nullptr;
        if (type > 0 && (!wanted || catches(wanted, thrown))) {
            return type;
        }
        const uint8_t *next = at;
        intptr_t offset = signedNumber(next);
        if (offset == 0) {
            return 0;
        }
        at += offset;
    }
}

}  // namespace

extern "C" {

struct {
    uintptr_t pad;
    const uint8_t *table;
    intptr_t selector;
} __wasm_lpad_context;

int _Unwind_CallPersonality(void *object) {
    __wasm_lpad_context.selector =
            handler(__wasm_lpad_context.table, __wasm_lpad_context.pad, headerOf(object)->type);
    return 0;
}

int __gxx_personality_wasm0(...) {
    std::abort();
}

void *__cxa_allocate_exception(size_t size) noexcept {
    return static_cast<Exception *>(std::calloc(1, sizeof(Exception) + size))->object;
}

void __cxa_free_exception(void *object) noexcept {
    std::free(headerOf(object));
}

void __cxa_throw(void *object, std::type_info *type, void *(*destroy)(void *)) {
    headerOf(object)->type = type;
    headerOf(object)->destroy = destroy;
    __builtin_wasm_throw(0, object);
}

void *__cxa_get_exception_ptr(void *object) noexcept {
    return object;
}

void *__cxa_begin_catch(void *object) noexcept {
    Exception *exception = headerOf(object);
    exception->rethrown = false;
    if (exception->handlers++ == 0) {
        exception->caughtBefore = caught;
        caught = exception;
    }
    return object;
}

void __cxa_end_catch() {
    Exception *exception = caught;
    if (--exception->handlers > 0) {
        return;
    }
    caught = exception->caughtBefore;
    if (!exception->rethrown) {
        if (exception->destroy) {
            exception->destroy(exception->object);
        }
        std::free(exception);
    }
}

void __cxa_rethrow() {
    if (!caught) {
        std::terminate();
    }
    caught->rethrown = true;
    __builtin_wasm_throw(0, caught->object);
}
}
