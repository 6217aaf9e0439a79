/* Nothing is traced. */
static inline void mtrace(void) {}
static inline void muntrace(void) {}
