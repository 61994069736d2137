// Plain C reference of the sweeps with stops, targets and partial sizes: one fused pass per cell, the same steps as the kernel.
// Usage: reference-protected OHLC_F64 RUNS, opens, highs, lows and closes one after the other; prints one JSON object.
#include "reference-columns.h"
#ifdef __AVX2__
#include <immintrin.h>
#endif

#define STOP_LOSS 0.05
#define TAKE_PROFIT 0.1
#define TRAILING_STOP 0.07
#define SIZE 0.8

typedef struct { double close, low, high, open; } Bar;
typedef struct { double equity, peak, worst, sum, square; } Book;

static Bar *bars;
static int *turns;

/* First bar from i on with a below b (with one value for all bars where a step is 0), else n. */
static inline int next_below(const double *a, int step_a, const double *b, int step_b, int i) {
#ifdef __AVX2__
  for (; i + 4 <= n; i += 4) {
    __m256d x = step_a ? _mm256_loadu_pd(a + i) : _mm256_set1_pd(*a);
    __m256d y = step_b ? _mm256_loadu_pd(b + i) : _mm256_set1_pd(*b);
    int hit = _mm256_movemask_pd(_mm256_cmp_pd(x, y, _CMP_LT_OQ));
    if (hit) return i + __builtin_ctz(hit);
  }
#endif
  while (i < n && !(a[i * step_a] < b[i * step_b])) i++;
  return i;
}

static int cross_turns(const double *fast, const double *slow, int from) {
  int count = 0;
  for (int i = next_below(fast, 1, slow, 1, from) + 1; i < n; i++) {
    if ((i = next_below(slow, 1, fast, 1, i)) < n) turns[count++] = i;
    if (i < n && (i = next_below(fast, 1, slow, 1, i + 1)) < n) turns[count++] = i;
  }
  return count;
}

static int hysteresis_turns(const double *z, double threshold, int from) {
  const double zero = 0;
  int count = 0;
  for (int i = from; i < n; i++) {
    if ((i = next_below(&threshold, 0, z, 1, i)) < n) turns[count++] = i;
    if (i < n && (i = next_below(z, 1, &zero, 0, i + 1)) < n) turns[count++] = i;
  }
  return count;
}

static inline double proceeds(const Bar *b, double stop, double target) {
  if (b->open <= stop) return b->open * (1 - FEE);
  if (b->open >= target) return b->open * (1 - FEE);
  if (b->low <= stop) return stop * (1 - FEE);
  if (b->high >= target) return target * (1 - FEE);
  return b->close * (1 - FEE);
}

static inline void settle(Book *book, double value) {
  double r = value / book->equity - 1;
  book->sum += r;
  book->square += r * r;
  book->equity = value;
  if (value > book->peak) book->peak = value;
  if (value < book->worst * book->peak) book->worst = value / book->peak;
}

static void protected_cell(int cell, int count) {
  Book book = {1, 1, 1, 0, 0};
  for (int k = 0; k < count; k += 2) {
    const Bar *b = bars + turns[k], *end = bars + (k + 1 < count ? turns[k + 1] : n);
    double invested = book.equity * SIZE, cash = book.equity - invested, units = invested * (1 / (1 + FEE)) / b->close;
    double entry = b->close, target = entry * (1 + TAKE_PROFIT);
    double stop = entry * (1 - (STOP_LOSS < TRAILING_STOP ? STOP_LOSS : TRAILING_STOP));
    settle(&book, cash + units * entry);
    for (b++; b < end; b++) {
      if (b->low <= stop || b->high >= target) break;
      settle(&book, cash + units * b->close);
      double level = b->close * (1 - TRAILING_STOP);
      if (level > stop) stop = level;
    }
    if (b < bars + n) settle(&book, cash + units * proceeds(b, stop, target));
  }
  store(cell, book.equity, book.sum, book.square, book.worst);
}

static int job(char kind) {
  int cell = 0;
  if (kind == 'A') {
    prefix_means();
    for (int f = 2; f < WINDOWS; f++)
      for (int s = f + 1; s < WINDOWS; s++, cell++)
        protected_cell(cell, cross_turns(columns + (size_t)f * n, columns + (size_t)s * n, s - 1));
  } else {
    zscores();
    for (int w = 5; w < WINDOWS; w++)
      for (int t = 0; t < 31; t++, cell++)
        protected_cell(cell, hysteresis_turns(columns + (size_t)w * n, t / 10.0, w - 1));
  }
  return cell;
}

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  size_t total;
  double *prices = read_file(argv[1], &total);
  int runs = atoi(argv[2]);
  n = (int)(total / 4);
  close_ = prices + 3 * (size_t)n;
  bars = malloc(n * sizeof(Bar));
  for (int i = 0; i < n; i++) bars[i] = (Bar){close_[i], prices[2 * n + i], prices[n + i], prices[i]};
  turns = malloc((n + 1) * sizeof(int));
  allocate_columns();
  printf("{");
  for (int k = 0; k < 2; k++) {
    double times[101];
    int cells = 0;
    for (int r = 0; r < runs; r++) {
      double t = now_ms();
      cells = job("AB"[k]);
      times[r] = now_ms() - t;
    }
    print_job("AB"[k], "protected", times, runs, cells, k == 0 ? "," : "}\n");
  }
  return 0;
}
