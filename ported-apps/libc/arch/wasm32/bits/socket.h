/* The only time_t has 64 bits, so the options that carry a time have one number each. */
#define SO_RCVTIMEO     20
#define SO_SNDTIMEO     21
#define SO_TIMESTAMP    29
#define SO_TIMESTAMPNS  35
#define SO_TIMESTAMPING 37
