/*
 * Prints what Intel's ISA-L makes of a matrix, for isa-l.test.ts to compare. On standard input, one
 * line a request; each reply is one line of hexadecimal.
 *   rs K M                   the parity rows of gf_gen_rs_matrix
 *   cauchy K M               the parity rows of gf_gen_cauchy1_matrix
 *   code M K BYTES ROWS DATA M parity shards: ROWS is M x K bytes, DATA K shards, in hexadecimal
 */
#include <isa-l.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_SHARDS 256
#define MAX_BYTES (1 << 20)

static unsigned char matrix[2 * MAX_SHARDS * MAX_SHARDS], tables[32 * MAX_SHARDS * MAX_SHARDS];
static unsigned char source_bytes[MAX_BYTES], target_bytes[MAX_BYTES];
static unsigned char *sources[MAX_SHARDS], *targets[MAX_SHARDS];

static void print_hex(const unsigned char *bytes, int length) {
  for (int i = 0; i < length; i++) printf("%02x", bytes[i]);
  printf("\n");
}

static void read_hex(unsigned char *bytes, int length) {
  for (int i = 0; i < length; i++) {
    unsigned value;
    if (scanf("%2x", &value) != 1) exit(1);
    bytes[i] = value;
  }
}

static void code(int m, int k, int length) {
  if (m < 1 || k < 1 || m + k > MAX_SHARDS || length < 1 || length > MAX_BYTES / MAX_SHARDS) exit(1);
  read_hex(matrix, m * k);
  read_hex(source_bytes, k * length);
  for (int i = 0; i < k; i++) sources[i] = source_bytes + i * length;
  for (int i = 0; i < m; i++) targets[i] = target_bytes + i * length;
  ec_init_tables(k, m, matrix, tables);
  ec_encode_data(length, k, m, tables, sources, targets);
  print_hex(target_bytes, m * length);
}

int main(void) {
  char request[8];
  while (scanf("%7s", request) == 1) {
    int a, b, length;
    if (strcmp(request, "code") == 0) {
      if (scanf("%d %d %d", &a, &b, &length) != 3) return 1;
      code(a, b, length);
      continue;
    }
    if (scanf("%d %d", &a, &b) != 2 || a < 1 || b < 0 || a + b > MAX_SHARDS) return 1;
    if (strcmp(request, "rs") == 0) gf_gen_rs_matrix(matrix, a + b, a);
    else gf_gen_cauchy1_matrix(matrix, a + b, a);
    print_hex(matrix + a * a, b * a);
  }
  return 0;
}
