// What the C references share: columns of averages and z-scores, figures of a cell, files, clock and output.
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define WINDOWS 101
#define FEE 5e-4
#define YEAR 365.0

static double now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double *close_, *columns;
static int n;
static double *results[3];

static void prefix_means(void) {
  double *prefix = malloc(8 * (n + 1));
  prefix[0] = 0;
  for (int i = 0; i < n; i++) prefix[i + 1] = prefix[i] + close_[i];
  for (int w = 2; w < WINDOWS; w++) {
    double *column = columns + (size_t)w * n;
    for (int i = 0; i < w - 1 && i < n; i++) column[i] = NAN;
    for (int i = w - 1; i < n; i++) column[i] = (prefix[i + 1] - prefix[i + 1 - w]) / w;
  }
  free(prefix);
}

static void zscores(void) {
  double *prefix = malloc(8 * (n + 1)), *squares = malloc(8 * (n + 1)), base = close_[0];
  prefix[0] = squares[0] = 0;
  for (int i = 0; i < n; i++) {
    double x = close_[i] - base;
    prefix[i + 1] = prefix[i] + x;
    squares[i + 1] = squares[i] + x * x;
  }
  for (int w = 5; w < WINDOWS; w++) {
    double *column = columns + (size_t)w * n;
    for (int i = 0; i < w - 1 && i < n; i++) column[i] = NAN;
    for (int i = w - 1; i < n; i++) {
      double mean = (prefix[i + 1] - prefix[i + 1 - w]) / w;
      double variance = (squares[i + 1] - squares[i + 1 - w]) / w - mean * mean;
      column[i] = (close_[i] - base - mean) / sqrt(variance);
    }
  }
  free(prefix);
  free(squares);
}

static void store(int cell, double equity, double sum, double square, double worst) {
  double mean = sum / n, variance = (square - mean * sum) / (n - 1);
  results[0][cell] = equity - 1;
  results[1][cell] = variance > 0 ? mean / sqrt(variance) * sqrt(YEAR) : NAN;
  results[2][cell] = 1 - worst;
}

static double *read_file(const char *path, size_t *count) {
  FILE *f = fopen(path, "rb");
  if (!f) { perror(path); exit(1); }
  fseek(f, 0, SEEK_END);
  *count = ftell(f) / 8;
  rewind(f);
  double *x = malloc(*count * 8);
  if (fread(x, 8, *count, f) != *count) exit(1);
  fclose(f);
  return x;
}

static void allocate_columns(void) {
  columns = malloc((size_t)WINDOWS * n * 8);
  for (int k = 0; k < 3; k++) results[k] = malloc(4851 * 8);
}

static void print_job(char kind, const char *name, double *times, int runs, int cells, const char *end) {
  qsort(times, runs, 8, ascending);
  double sums[3] = {0, 0, 0};
  for (int j = 0; j < 3; j++)
    for (int c = 0; c < cells; c++) if (results[j][c] == results[j][c]) sums[j] += results[j][c];
  printf("\"%c_%s\":{\"ms\":%.4f,\"sums\":[%.7f,%.7f,%.7f]}%s", kind, name, times[runs / 2], sums[0], sums[1], sums[2], end);
}
