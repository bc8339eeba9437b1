import type { ProfilerOptions } from '../../../src/profiler/profilerOptions';

/** Options of which the profiler is told nothing but its mode and its interval. */
export const defaultOptions: ProfilerOptions = {
  mode: 'lines',
  include: [],
  exclude: [],
  static: false,
  minimumDuration: 0,
  every: 1,
  keepFiles: 0,
  keepBytes: 0,
  trigger: '',
  sqlParameters: false,
  interval: 5,
};
