// Plain C references of the benchmarks, compiled on the spot with -O3 -march=native.
// Usage: reference CLOSES_F64 BARS_F64 RUNS; prints one JSON object of median times and sums.
#include "reference-columns.h"
#ifdef __AVX2__
#include <immintrin.h>
#endif

typedef struct { double total, sharpe, drawdown; } Sums;
typedef struct { double equity, peak, worst, sum, square; } Cell;

static int levels;
static double *inverse, *sum_, *square_, *sum_exit, *square_exit, *table;

static void fused_cross(int cell, const double *fast, const double *slow, int from) {
  double equity = 1, peak = 1, worst = 1, sum = 0, square = 0;
  int held = 0, armed = 0;
  for (int i = from; i < n; i++) {
    double growth = held ? close_[i] / close_[i - 1] : 1;
    int above = fast[i] > slow[i], below = fast[i] < slow[i];
    if (held & below) { growth *= 1 - FEE; held = 0; }
    else if (armed & !held & above) { growth *= 1 / (1 + FEE); held = 1; }
    armed |= below;
    double r = growth - 1;
    sum += r;
    square += r * r;
    equity *= growth;
    if (equity > peak) peak = equity;
    else if (equity < worst * peak) worst = equity / peak;
  }
  store(cell, equity, sum, square, worst);
}

static void fused_hysteresis(int cell, const double *z, double threshold, int from) {
  double equity = 1, peak = 1, worst = 1, sum = 0, square = 0;
  int held = 0;
  for (int i = from; i < n; i++) {
    double growth = held ? close_[i] / close_[i - 1] : 1;
    if (held & (z[i] < 0)) { growth *= 1 - FEE; held = 0; }
    else if (!held & (z[i] > threshold)) { growth *= 1 / (1 + FEE); held = 1; }
    double r = growth - 1;
    sum += r;
    square += r * r;
    equity *= growth;
    if (equity > peak) peak = equity;
    else if (equity < worst * peak) worst = equity / peak;
  }
  store(cell, equity, sum, square, worst);
}

static void prepare_ledger(void) {
  double entry = 1 / (1 + FEE) - 1, sum = 0, square = 0;
  for (int i = 0; i < n; i++) {
    inverse[i] = 1 / close_[i];
    if (i > 0) {
      double ratio = close_[i] / close_[i - 1], held = ratio - 1, exited = ratio * (1 - FEE) - 1;
      sum_exit[i] = sum + entry + exited;
      square_exit[i] = square + entry * entry + exited * exited;
      sum += held;
      square += held * held;
    }
    sum_[i] = sum;
    square_[i] = square;
  }
  for (int level = 0; level < levels; level++) {
    int half = 1 << level;
    double *plane = table + (size_t)level * n * 4;
    for (int split = half; split - half < n; split += 2 * half) {
      int last = (split < n ? split : n) - 1;
      double low = close_[last], high = low, worst = 1;
      for (int t = last; t >= split - half; t--) {
        double x = close_[t];
        if (low / x < worst) worst = low / x;
        if (x < low) low = x;
        if (x > high) high = x;
        plane[t * 4] = low; plane[t * 4 + 1] = high; plane[t * 4 + 2] = worst;
      }
      if (split >= n) break;
      low = high = close_[split];
      worst = 1;
      for (int t = split; t < split + half && t < n; t++) {
        double x = close_[t];
        if (x / high < worst) worst = x / high;
        if (x < low) low = x;
        if (x > high) high = x;
        plane[t * 4] = low; plane[t * 4 + 1] = high; plane[t * 4 + 2] = worst;
      }
    }
  }
}

static inline double hold(Cell *c, int entry, int to) {
  double scale = c->equity * (1 / (1 + FEE)) * inverse[entry];
  int level = 31 - __builtin_clz((unsigned)(entry ^ to) | 1);
  const double *a = table + ((size_t)level * n + entry) * 4, *b = table + ((size_t)level * n + to) * 4;
  double worst = c->worst, peak = c->peak;
  if (a[2] < worst) worst = a[2];
  if (b[2] < worst) worst = b[2];
  if (b[0] < worst * a[1]) worst = b[0] / a[1];
  if (a[0] * scale < worst * peak) worst = a[0] * scale / peak;
  if (b[0] * scale < worst * peak) worst = b[0] * scale / peak;
  c->worst = worst;
  if (a[1] * scale > peak) peak = a[1] * scale;
  if (b[1] * scale > peak) peak = b[1] * scale;
  c->peak = peak;
  return scale;
}

static inline void settle(Cell *c, int entry, int bar) {
  double equity = hold(c, entry, bar - 1) * close_[bar] * (1 - FEE);
  c->equity = equity;
  c->sum += sum_exit[bar] - sum_[entry];
  c->square += square_exit[bar] - square_[entry];
  if (equity < c->peak * c->worst) c->worst = equity / c->peak;
  if (equity > c->peak) c->peak = equity;
}

static void finish(int cell, Cell *c, int entry) {
  if (entry >= 0) {
    double e = 1 / (1 + FEE) - 1;
    c->equity = hold(c, entry, n - 1) * close_[n - 1];
    c->sum += sum_[n - 1] - sum_[entry] + e;
    c->square += square_[n - 1] - square_[entry] + e * e;
  }
  store(cell, c->equity, c->sum, c->square, c->worst);
}

static inline void masks(const double *f, const double *s, int count, uint64_t *above, uint64_t *below) {
  uint64_t a = 0, b = 0;
  int k = 0;
#ifdef __AVX2__
  for (; k + 4 <= count; k += 4) {
    __m256d x = _mm256_loadu_pd(f + k), y = _mm256_loadu_pd(s + k);
    a |= (uint64_t)_mm256_movemask_pd(_mm256_cmp_pd(x, y, _CMP_GT_OQ)) << k;
    b |= (uint64_t)_mm256_movemask_pd(_mm256_cmp_pd(x, y, _CMP_LT_OQ)) << k;
  }
#endif
  for (; k < count; k++) {
    a |= (uint64_t)(f[k] > s[k]) << k;
    b |= (uint64_t)(f[k] < s[k]) << k;
  }
  *above = a;
  *below = b;
}

static void events_cross(int cell, const double *fast, const double *slow, int from) {
  Cell c = {1, 1, 1, 0, 0};
  int entry = -1, armed = 0;
  for (int base = from; base < n; base += 64) {
    int count = n - base < 64 ? n - base : 64;
    uint64_t above, below;
    masks(fast + base, slow + base, count, &above, &below);
    uint64_t open = ~0ull;
    for (;;) {
      uint64_t wanted = (entry >= 0 || !armed ? below : above) & open;
      if (!wanted) break;
      int k = __builtin_ctzll(wanted);
      open = k == 63 ? 0 : ~0ull << (k + 1);
      if (!armed) armed = 1;
      else if (entry < 0) entry = base + k;
      else { settle(&c, entry, base + k); entry = -1; }
    }
  }
  finish(cell, &c, entry);
}

static void events_hysteresis(int first, const double *z, int from) {
  Cell cells[31];
  int entries[31], entered = 0;
  for (int t = 0; t < 31; t++) { cells[t] = (Cell){1, 1, 1, 0, 0}; entries[t] = -1; }
  for (int i = from; i < n; i++) {
    if (z[i] < 0) {
      for (; entered > 0; entered--) { settle(&cells[entered - 1], entries[entered - 1], i); entries[entered - 1] = -1; }
    } else
      for (; entered < 31 && z[i] > entered / 10.0; entered++) entries[entered] = i;
  }
  for (int t = 0; t < 31; t++) finish(first + t, &cells[t], entries[t]);
}

static int job(char kind, int events) {
  int cell = 0;
  if (events) prepare_ledger();
  if (kind == 'A') {
    prefix_means();
    for (int f = 2; f < WINDOWS; f++)
      for (int s = f + 1; s < WINDOWS; s++, cell++)
        (events ? events_cross : fused_cross)(cell, columns + (size_t)f * n, columns + (size_t)s * n, s - 1);
  } else {
    zscores();
    for (int w = 5; w < WINDOWS; w++) {
      if (events) events_hysteresis(cell, columns + (size_t)w * n, w - 1);
      else for (int t = 0; t < 31; t++) fused_hysteresis(cell + t, columns + (size_t)w * n, t / 10.0, w - 1);
      cell += 31;
    }
  }
  return cell;
}

static void ema_into(const double *x, int m, int w, double *out) {
  double k = 2.0 / (w + 1), e = 0;
  for (int i = 0; i < w; i++) e += x[i] / w;
  out[w - 1] = e;
  for (int i = w; i < m; i++) { e += k * (x[i] - e); out[i] = e; }
}

static void indicator(int which, const double *high, const double *low, const double *x, int m, double **o) {
  double *out = o[0];
  if (which == 0) {
    double s = 0;
    for (int i = 0; i < 19; i++) s += x[i];
    for (int i = 19; i < m; i++) { s += x[i]; out[i] = s / 20; s -= x[i - 19]; }
  } else if (which == 1) ema_into(x, m, 20, out);
  else if (which == 2) {
    double g = 0, l = 0;
    for (int i = 1; i <= 14; i++) { double d = x[i] - x[i - 1]; if (d > 0) g += d / 14; else l -= d / 14; }
    out[14] = 100 * (g / (g + l));
    for (int i = 15; i < m; i++) {
      double d = x[i] - x[i - 1];
      g = (g * 13 + (d > 0 ? d : 0)) / 14;
      l = (l * 13 + (d < 0 ? -d : 0)) / 14;
      out[i] = 100 * (g / (g + l));
    }
  } else if (which == 3) {
    double a = 0;
    for (int i = 1; i <= 14; i++) a += (fmax(high[i], x[i - 1]) - fmin(low[i], x[i - 1])) / 14;
    out[14] = a;
    for (int i = 15; i < m; i++) {
      double top = high[i] > x[i - 1] ? high[i] : x[i - 1], bottom = low[i] < x[i - 1] ? low[i] : x[i - 1];
      a = (a * 13 + (top - bottom)) / 14;
      out[i] = a;
    }
  } else if (which == 4) {
    double s = 0, q = 0;
    for (int i = 0; i < m; i++) {
      s += x[i]; q += x[i] * x[i];
      if (i >= 20) { s -= x[i - 20]; q -= x[i - 20] * x[i - 20]; }
      if (i < 19) continue;
      double mean = s / 20, d = 2 * sqrt(fmax(q / 20 - mean * mean, 0));
      o[0][i] = mean + d; o[1][i] = mean; o[2][i] = mean - d;
    }
  } else {
    double f = 0, s = 0, g = 0;
    for (int i = 14; i < 26; i++) f += x[i] / 12;
    for (int i = 0; i < 26; i++) s += x[i] / 26;
    for (int i = 25; i < m; i++) {
      if (i > 25) { f += 2.0 / 13 * (x[i] - f); s += 2.0 / 27 * (x[i] - s); }
      double line = f - s;
      if (i < 34) { g += line / 9; if (i < 33) continue; }
      else g += 0.2 * (line - g);
      o[0][i] = line; o[1][i] = g; o[2][i] = line - g;
    }
  }
}

int main(int argc, char **argv) {
  if (argc < 4) return 2;
  size_t count, total;
  close_ = read_file(argv[1], &count);
  double *bars = read_file(argv[2], &total);
  int runs = atoi(argv[3]);
  n = (int)count;
  for (levels = 1; (1 << levels) < n; levels++) {}
  allocate_columns();
  double **arrays[] = {&inverse, &sum_, &square_, &sum_exit, &square_exit};
  for (int k = 0; k < 5; k++) *arrays[k] = calloc(n, 8);
  table = malloc((size_t)levels * n * 32);
  printf("{");
  for (int k = 0; k < 4; k++) {
    char kind = k < 2 ? 'A' : 'B';
    double times[101];
    int cells = 0;
    for (int r = 0; r < runs; r++) {
      double t = now_ms();
      cells = job(kind, k & 1);
      times[r] = now_ms() - t;
    }
    print_job(kind, k & 1 ? "events" : "fused", times, runs, cells, ",");
  }
  int m = (int)(total / 3);
  double *o[3];
  for (int k = 0; k < 3; k++) o[k] = calloc(m, 8);
  const char *names[] = {"sma", "ema", "rsi", "atr", "bollinger", "macd"};
  for (int k = 0; k < 6; k++) {
    double times[101];
    for (int r = 0; r < runs; r++) {
      double t = now_ms();
      indicator(k, bars, bars + m, bars + 2 * m, m, o);
      times[r] = now_ms() - t;
    }
    qsort(times, runs, 8, ascending);
    printf("\"%s\":{\"ns\":%.4f,\"last\":%.9f}%s", names[k], times[runs / 2] * 1e6 / m, o[0][m - 1], k < 5 ? "," : "}\n");
  }
  return 0;
}
