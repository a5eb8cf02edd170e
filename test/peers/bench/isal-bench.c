/*
 * Multiplies shards by a matrix over GF(2^8) with Intel's ISA-L, and times it. Encoding takes the
 * parity rows and the data shards; decoding takes the recovery rows and the surviving shards.
 *
 * On standard input, one line a request:
 *   load ROWS SOURCES BYTES MATRIX   MATRIX in hexadecimal, row-major; SOURCES shards of BYTES
 *                                    bytes follow as they are. Reply: ROWS shards, as they are.
 *   time MILLISECONDS ROUTINE        Reply: one line, MB of source shards (MB = 10^6) a second of
 *                                    processor time.
 *                                    ROUTINE is "best", the one that ISA-L chooses, or "sse".
 * On start it writes one line: the version of ISA-L and the instructions it will choose, and
 * another: the routines.
 *
 * Tables and buffers are made once, outside the timed loop: ISA-L at its best.
 */
#include <isa-l.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MAX_SHARDS 256
#define CACHE_LINE 64

static unsigned char *sources[MAX_SHARDS], *targets[MAX_SHARDS];
static unsigned char matrix[MAX_SHARDS * MAX_SHARDS], tables[32 * MAX_SHARDS * MAX_SHARDS];
static unsigned char *memory;
static int rows, source_count, shard_bytes;

static void fail(const char *reason) {
  fprintf(stderr, "isal-bench: %s\n", reason);
  exit(1);
}

/* Of processor time: see harness.mjs. */
static double seconds_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec + now.tv_nsec / 1e9;
}

typedef void Routine(int, int, int, unsigned char *, unsigned char **, unsigned char **);

static const struct {
  const char *name;
  Routine *routine;
} routines[] = {
    {"best", ec_encode_data},
#ifdef __x86_64__
    {"sse", ec_encode_data_sse},
#endif
};
static const int routine_count = sizeof routines / sizeof routines[0];

static Routine *find_routine(const char *name) {
  for (int i = 0; i < routine_count; i++)
    if (strcmp(routines[i].name, name) == 0) return routines[i].routine;
  fail("no such routine");
  return NULL;
}

static void code(Routine *routine) {
  routine(shard_bytes, source_count, rows, tables, sources, targets);
}

static void read_matrix(void) {
  for (int i = 0; i < rows * source_count; i++) {
    unsigned entry;
    if (scanf("%2x", &entry) != 1) fail("cannot read the matrix");
    matrix[i] = entry;
  }
  if (getchar() != '\n') fail("need the end of the line after the matrix");
}

static void place_shards(void) {
  size_t stride = ((size_t)shard_bytes + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE;
  free(memory);
  memory = aligned_alloc(CACHE_LINE, stride * (source_count + rows));
  if (memory == NULL) fail("no memory");
  for (int i = 0; i < source_count; i++) sources[i] = memory + stride * i;
  for (int i = 0; i < rows; i++) targets[i] = memory + stride * (source_count + i);
}

static void load(void) {
  if (scanf("%d %d %d ", &rows, &source_count, &shard_bytes) != 3) fail("cannot read the sizes");
  if (rows < 1 || source_count < 1 || shard_bytes < 1 || rows + source_count > MAX_SHARDS)
    fail("a size is outside its range");
  read_matrix();
  place_shards();
  for (int i = 0; i < source_count; i++)
    if (fread(sources[i], 1, shard_bytes, stdin) != (size_t)shard_bytes) fail("a shard is short");
  ec_init_tables(source_count, rows, matrix, tables);
  code(ec_encode_data);
  for (int i = 0; i < rows; i++) fwrite(targets[i], 1, shard_bytes, stdout);
}

/*
 * Whatever ran before may have left the upper halves of the vector registers in use, and then SSE
 * instructions, which keep them, run at less than half their speed.
 */
static void clear_wide_registers(void) {
#ifdef __x86_64__
  if (__builtin_cpu_supports("avx")) __asm__ volatile("vzeroupper");
#endif
}

static void time_coding(void) {
  int milliseconds;
  char name[8];
  if (scanf("%d %7s", &milliseconds, name) != 2 || memory == NULL) fail("cannot time");
  Routine *routine = find_routine(name);
  clear_wide_registers();
  /* Batches of a millisecond or so, so that reading the clock weighs nothing. */
  long calls = 0, batch = 1;
  double start = seconds_now(), elapsed = 0;
  while (elapsed < milliseconds / 1e3) {
    for (long i = 0; i < batch; i++) code(routine);
    calls += batch;
    elapsed = seconds_now() - start;
    batch = 1 + (long)(calls / elapsed / 1e3);
  }
  printf("%.3f\n", (double)calls * source_count * shard_bytes / elapsed / 1e6);
}

static const char *instructions(void) {
#ifdef __x86_64__
  if (__builtin_cpu_supports("avx512bw")) return "AVX-512";
  if (__builtin_cpu_supports("avx2")) return "AVX2";
  return "SSE or AVX";
#else
  return "not x86";
#endif
}

int main(void) {
  char request[8];
  printf("%d.%d.%d, %s\n", ISAL_MAJOR_VERSION, ISAL_MINOR_VERSION, ISAL_PATCH_VERSION,
         instructions());
  for (int i = 0; i < routine_count; i++) printf("%s%s", i ? " " : "", routines[i].name);
  printf("\n");
  fflush(stdout);
  while (scanf("%7s", request) == 1) {
    if (strcmp(request, "load") == 0) load();
    else if (strcmp(request, "time") == 0) time_coding();
    else fail("need load or time");
    fflush(stdout);
  }
  return 0;
}
