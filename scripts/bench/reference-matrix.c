// Plain C loops of the feature matrix, each over all bars, one after the other: what a library of single indicators does.
// Usage: reference-matrix BARS_F64 RUNS; BARS has opens, highs, lows, closes, volumes one after the other. Prints one JSON object: least
// processor time of all loops in ns a bar, and of each column its sum over the bars where it is finite.
#include "reference-columns.h"

static const double *o, *h, *l, *c, *v;
static double *spare[2];

static double above0(double x) { return x > 0 ? x : 0; }
static double true_range_at(int i) { return (h[i] > c[i - 1] ? h[i] : c[i - 1]) - (l[i] < c[i - 1] ? l[i] : c[i - 1]); }
static double seed(int from, int w) { double s = 0; for (int i = from; i < from + w; i++) s += c[i]; return s / w; }

static void sma(double *out, int w) {
  double s = 0;
  for (int i = 0; i < n; i++) { s += c[i]; if (i >= w) s -= c[i - w]; if (i >= w - 1) out[i] = s / w; }
}
static void rolling_sum(double *out, int w) {
  double s = 0;
  for (int i = 0; i < n; i++) { s += c[i]; if (i >= w) s -= c[i - w]; if (i >= w - 1) out[i] = s; }
}
static void ema(double *out, int w) {
  double k = 2.0 / (w + 1), e = seed(0, w);
  out[w - 1] = e;
  for (int i = w; i < n; i++) { e += k * (c[i] - e); out[i] = e; }
}
// The averages of averages: kind 2 double, 3 triple, 4 the change of the triple.
static void chain(double *out, int w, int kind) {
  double k = 2.0 / (w + 1), a = 0, b = 0, d = 0;
  for (int i = 0; i < n; i++) {
    a = i < w ? a + (c[i] - a) / (i + 1) : a + k * (c[i] - a);
    if (i < w - 1) continue;
    int j = i - w + 1;
    b = j < w ? b + (a - b) / (j + 1) : b + k * (a - b);
    if (j < w - 1) continue;
    if (kind == 2) { out[i] = 2 * a - b; continue; }
    int m = j - w + 1;
    double before = d;
    d = m < w ? d + (b - d) / (m + 1) : d + k * (b - d);
    if (m < w - 1) continue;
    if (kind == 3) out[i] = 3 * a - 3 * b + d;
    else if (m >= w) out[i] = 100 * (d / before - 1);
  }
}
static void wma(double *out, int w) {
  double s = 0, t = 0, total = w * (w + 1) / 2.0;
  for (int i = 0; i < n; i++) {
    if (i >= w) { t += w * c[i] - s; s += c[i] - c[i - w]; }
    else { s += c[i]; t += (i + 1) * c[i]; }
    if (i >= w - 1) out[i] = t / total;
  }
}
static void trima(double *out, int w) {
  int p = (w + 1) / 2, q = w / 2 + 1;
  double s = 0, t = 0, *means = spare[0];
  for (int i = 0; i < n; i++) {
    s += c[i];
    if (i >= p) s -= c[i - p];
    if (i < p - 1) continue;
    means[i] = s / p;
    t += means[i];
    if (i >= p - 1 + q) t -= means[i - q];
    if (i >= w - 1) out[i] = t / q;
  }
}
// Highest (sign 1) or lowest (-1): the place is kept and looked for again when it leaves the window.
static inline int extreme(const double *x, int i, int w, int place, double sign) {
  int from = i - w + 1;
  if (place < from) { place = from; for (int k = from + 1; k <= i; k++) if (sign * x[k] >= sign * x[place]) place = k; }
  else if (sign * x[i] >= sign * x[place]) place = i;
  return place;
}
static void rolling(double *out, const double *x, int w, double sign) {
  int p = -1;
  for (int i = w - 1; i < n; i++) { p = extreme(x, i, w, p, sign); out[i] = x[p]; }
}
static void middle(double *out, const double *x, const double *y, int w) {
  int p = -1, q = -1;
  for (int i = w - 1; i < n; i++) { p = extreme(x, i, w, p, 1); q = extreme(y, i, w, q, -1); out[i] = (x[p] + y[q]) / 2; }
}
static void williams(double *out, int w) {
  int p = -1, q = -1;
  for (int i = w - 1; i < n; i++) { p = extreme(h, i, w, p, 1); q = extreme(l, i, w, q, -1); out[i] = -100 * (h[p] - c[i]) / (h[p] - l[q]); }
}
static void stochastic(double *out, int w, int first, int second) {
  int p = -1, q = -1;
  double s = 0, t = 0, *k = spare[0], *means = spare[1];
  for (int i = w - 1; i < n; i++) {
    p = extreme(h, i, w, p, 1); q = extreme(l, i, w, q, -1);
    k[i] = 100 * (c[i] - l[q]) / (h[p] - l[q]);
    s += k[i];
    if (i >= w - 1 + first) s -= k[i - first];
    if (i < w - 2 + first) continue;
    means[i] = s / first;
    if (second == 0) { out[i] = means[i]; continue; }
    t += means[i];
    if (i >= w - 2 + first + second) t -= means[i - second];
    if (i >= w - 3 + first + second) out[i] = t / second;
  }
}
static void momentum(double *out, int w) { for (int i = w; i < n; i++) out[i] = c[i] - c[i - w]; }
static void roc(double *out, int w) { for (int i = w; i < n; i++) out[i] = 100 * (c[i] / c[i - w] - 1); }
static void ratio(double *out, int w) { for (int i = w; i < n; i++) out[i] = c[i] / c[i - w]; }
static void relative(double *out, int w, int cmo) {
  double g = 0, s = 0;
  for (int i = 1; i < n; i++) {
    double d = c[i] - c[i - 1], up = above0(d), down = above0(-d);
    if (i <= w) { g += up / w; s += down / w; if (i < w) continue; }
    else { g = (g * (w - 1) + up) / w; s = (s * (w - 1) + down) / w; }
    out[i] = cmo ? 100 * (g - s) / (g + s) : 100 * g / (g + s);
  }
}
static void macd_signal(double *out, int fast, int slow, int w) {
  double f = seed(slow - fast, fast), s = seed(0, slow), g = 0;
  for (int i = slow - 1; i < n; i++) {
    if (i >= slow) { f += 2.0 / (fast + 1) * (c[i] - f); s += 2.0 / (slow + 1) * (c[i] - s); }
    int k = i - slow + 1;
    if (k < w) { g += (f - s) / w; if (k < w - 1) continue; }
    else g += 2.0 / (w + 1) * (f - s - g);
    out[i] = g;
  }
}
static void price_oscillator(double *out, int fast, int slow, int percent) {
  double f = seed(0, fast), s = seed(0, slow), p = 2.0 / (fast + 1), q = 2.0 / (slow + 1);
  for (int i = fast; i < n; i++) {
    f += p * (c[i] - f);
    if (i < slow - 1) continue;
    if (i >= slow) s += q * (c[i] - s);
    out[i] = percent ? 100 * (f - s) / s : f - s;
  }
}
static void balance(double *out) { for (int i = 0; i < n; i++) out[i] = (c[i] - o[i]) / (h[i] - l[i]); }
// Of the sums of values and squares: 0 variance, 1 standard deviation, 2 z-score (all by w - 1), 3 place between the bands.
static void moments(double *out, int w, int kind) {
  double s = 0, q = 0;
  for (int i = 0; i < n; i++) {
    s += c[i]; q += c[i] * c[i];
    if (i >= w) { s -= c[i - w]; q -= c[i - w] * c[i - w]; }
    if (i < w - 1) continue;
    double mean = s / w, m2 = above0(q - mean * s);
    if (kind == 0) out[i] = m2 / (w - 1);
    else if (kind == 1) out[i] = sqrt(m2 / (w - 1));
    else if (kind == 2) out[i] = (c[i] - mean) / sqrt(m2 / (w - 1));
    else { double half = 2 * sqrt(m2 / w); out[i] = (c[i] - (mean - half)) / (2 * half); }
  }
}
static void realised(double *out, int w) {
  double s = 0, q = 0, *r = spare[0];
  for (int i = 1; i < n; i++) {
    r[i] = c[i] / c[i - 1] - 1;
    s += r[i]; q += r[i] * r[i];
    if (i > w) { s -= r[i - w]; q -= r[i - w] * r[i - w]; }
    if (i >= w) out[i] = sqrt(above0(q - s * s / w) / (w - 1) * 252);
  }
}
static void regression(double *out, int w, int slope_only) {
  double s = 0, t = 0;
  for (int i = 0; i < n; i++) {
    if (i >= w) { t += w * c[i] - s; s += c[i] - c[i - w]; }
    else { s += c[i]; t += (i + 1) * c[i]; }
    if (i < w - 1) continue;
    double slope = 12 * (t - (w + 1) / 2.0 * s) / (w * (w * (double)w - 1));
    out[i] = slope_only ? slope : s / w + slope * (w - 1) / 2;
  }
}
static void true_range(double *out) { for (int i = 1; i < n; i++) out[i] = true_range_at(i); }
static void atr(double *out, int w, int percent) {
  double a = 0;
  for (int i = 1; i < n; i++) {
    double r = true_range_at(i);
    if (i <= w) { a += r / w; if (i < w) continue; }
    else a = (a * (w - 1) + r) / w;
    out[i] = percent ? 100 * a / c[i] : a;
  }
}
static void keltner_upper(double *out, int w, int aw, double multiplier) {
  double k = 2.0 / (w + 1), e = c[0], a = 0;
  for (int i = 1; i < n; i++) {
    double r = true_range_at(i);
    e = i < w ? e + (c[i] - e) / (i + 1) : e + k * (c[i] - e);
    a = i <= aw ? a + r / aw : (a * (aw - 1) + r) / aw;
    if (i >= w - 1 && i >= aw) out[i] = e + multiplier * a;
  }
}
// Wilder's sums: 0 the sum of rises, 1 +DI, 2 DX, 3 ADX, 4 ADXR.
static void directional(double *out, int w, int kind) {
  double p = 0, m = 0, r = 0, a = 0, *index = spare[0];
  for (int i = 1; i < n; i++) {
    double up = h[i] - h[i - 1], down = l[i - 1] - l[i];
    if (i >= w) { p -= p / w; m -= m / w; }
    if (down > 0 && down > up) m += down; else if (up > 0 && up > down) p += up;
    if (kind == 0) { if (i >= w - 1) out[i] = p; continue; }
    if (kind == 1) {
      if (i >= w) r -= r / w;
      r += true_range_at(i);
      if (i >= w) out[i] = 100 * p / r;
      continue;
    }
    if (i < w) continue;
    double dx = 100 * fabs(p - m) / (p + m);
    if (kind == 2) { out[i] = dx; continue; }
    a = i < 2 * w ? a + dx / w : (a * (w - 1) + dx) / w;
    if (i < 2 * w - 1) continue;
    if (kind == 3) out[i] = a;
    else { index[i] = a; if (i >= 3 * w - 2) out[i] = (a + index[i - w + 1]) / 2; }
  }
}
static void obv(double *out) {
  double s = v[0];
  out[0] = s;
  for (int i = 1; i < n; i++) { if (c[i] > c[i - 1]) s += v[i]; else if (c[i] < c[i - 1]) s -= v[i]; out[i] = s; }
}
static double flow(int i) { return h[i] > l[i] ? (c[i] - l[i] - (h[i] - c[i])) / (h[i] - l[i]) * v[i] : 0; }
static void ad(double *out) { double s = 0; for (int i = 0; i < n; i++) { s += flow(i); out[i] = s; } }
static void adosc(double *out, int fast, int slow) {
  double s = flow(0), f = s, q = s;
  for (int i = 1; i < n; i++) {
    s += flow(i); f += 2.0 / (fast + 1) * (s - f); q += 2.0 / (slow + 1) * (s - q);
    if (i >= slow - 1) out[i] = f - q;
  }
}
static void vwap(double *out, int w) {
  double s = 0, t = 0;
  for (int i = 0; i < n; i++) {
    s += (h[i] + l[i] + c[i]) / 3 * v[i]; t += v[i];
    if (i >= w) { s -= (h[i - w] + l[i - w] + c[i - w]) / 3 * v[i - w]; t -= v[i - w]; }
    if (i >= w - 1) out[i] = s / t;
  }
}

static void column(int k, double *out) {
  switch (k) {
    case 0: return sma(out, 20);
    case 1: return ema(out, 20);
    case 2: return chain(out, 20, 2);
    case 3: return chain(out, 20, 3);
    case 4: return wma(out, 20);
    case 5: return trima(out, 20);
    case 6: return middle(out, c, c, 20);
    case 7: return middle(out, h, l, 14);
    case 8: return momentum(out, 10);
    case 9: return roc(out, 10);
    case 10: return ratio(out, 10);
    case 11: return chain(out, 20, 4);
    case 12: return relative(out, 14, 0);
    case 13: return relative(out, 14, 1);
    case 14: return macd_signal(out, 12, 26, 9);
    case 15: return price_oscillator(out, 12, 26, 0);
    case 16: return price_oscillator(out, 12, 26, 1);
    case 17: return stochastic(out, 14, 3, 3);
    case 18: return stochastic(out, 14, 3, 0);
    case 19: return williams(out, 14);
    case 20: return balance(out);
    case 21: return moments(out, 20, 3);
    case 22: return rolling(out, h, 20, 1);
    case 23: return keltner_upper(out, 20, 14, 2);
    case 24: return moments(out, 20, 2);
    case 25: return moments(out, 20, 1);
    case 26: return moments(out, 20, 0);
    case 27: return regression(out, 20, 0);
    case 28: return regression(out, 20, 1);
    case 29: return rolling_sum(out, 20);
    case 30: return rolling(out, c, 20, 1);
    case 31: return rolling(out, c, 20, -1);
    case 32: return true_range(out);
    case 33: return atr(out, 14, 0);
    case 34: return atr(out, 14, 1);
    case 35: return realised(out, 20);
    case 36: return directional(out, 14, 1);
    case 37: return directional(out, 14, 2);
    case 38: return directional(out, 14, 3);
    case 39: return directional(out, 14, 4);
    case 40: return directional(out, 14, 0);
    case 41: return obv(out);
    case 42: return ad(out);
    case 43: return adosc(out, 3, 10);
    case 44: return vwap(out, 20);
  }
}

static double cpu_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

#define COLUMNS 45
int main(int argc, char **argv) {
  if (argc < 3) return 2;
  size_t total;
  double *bars = read_file(argv[1], &total), *out[COLUMNS], best = INFINITY, each[COLUMNS];
  int runs = atoi(argv[2]);
  n = (int)(total / 5);
  o = bars; h = o + n; l = h + n; c = l + n; v = c + n;
  for (int k = 0; k < 2; k++) spare[k] = calloc(n, 8);
  for (int k = 0; k < COLUMNS; k++) { out[k] = malloc((size_t)n * 8); for (int i = 0; i < n; i++) out[k][i] = NAN; each[k] = INFINITY; }
  for (int r = 0; r < runs; r++) {
    double all = 0;
    for (int k = 0; k < COLUMNS; k++) {
      double t = cpu_ms();
      column(k, out[k]);
      t = cpu_ms() - t;
      all += t;
      if (t < each[k]) each[k] = t;
    }
    if (all < best) best = all;
  }
  printf("{\"ns\":%.4f,\"each\":[", best * 1e6 / n);
  for (int k = 0; k < COLUMNS; k++) printf("%.3f%s", each[k] * 1e6 / n, k < COLUMNS - 1 ? "," : "],\"sums\":[");
  for (int k = 0; k < COLUMNS; k++) {
    double sum = 0;
    for (int i = 0; i < n; i++) if (out[k][i] - out[k][i] == 0) sum += fabs(out[k][i]);
    printf("%.12g%s", sum, k < COLUMNS - 1 ? "," : "]}\n");
  }
  return 0;
}
