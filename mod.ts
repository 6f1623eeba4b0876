/**
 * Skein's helper library: what a notebook imports to run the same work in
 * several ways, and to see what happened.
 *
 * Works in cells of Skein and of `deno jupyter`, and in plain Deno scripts.
 * Loading it needs no permission, and loads little: what measures and what draws
 * is loaded when it is first used.
 *
 * @example Four jobs, four ways
 * ```ts
 * import { compare, task } from "./mod.ts";
 *
 * const work = task(function countTo(limit: number) {
 *   let sum = 0;
 *   for (let i = 0; i < limit; i++) sum += i;
 *   return sum;
 * });
 * await compare(work, { inputs: [1e5, 1e5, 1e5, 1e5], samples: 3 });
 * ```
 * @module
 */
export {
  compare,
  type CompareOptions,
  type ShownComparison,
} from "./lib/measure/compare/compare.ts";
export {
  type Comm,
  type CommMessage,
  type Comms,
  comms,
} from "./lib/widget/comms.ts";
export type { Control } from "./lib/widget/control.ts";
export {
  button,
  choice,
  slider,
  type SliderOptions,
  toggle,
} from "./lib/widget/controls.ts";
export {
  type Widget,
  widget,
  type WidgetModel,
  type WidgetOptions,
  type WidgetView,
} from "./lib/widget/widget.ts";
export {
  DISPLAY,
  display,
  type Displayable,
  type DisplayOptions,
  figure,
  html,
  isDisplayable,
  makeDisplayable,
  type Markup,
  md,
  type MimeBundle,
  svg,
} from "./lib/base/mod.ts";
export { type Task, task } from "./lib/run/task.ts";
export type { HonestyStamp } from "./lib/base/stamp/mod.ts";
export type {
  Comparison,
  Counter,
  Lane,
  LaneKind,
  Link,
  LockSnapshot,
  LoopHold,
  LoopRun,
  LoopTurn,
  Mark,
  Model,
  ModelResult,
  PythonFacts,
  PythonModel,
  Recording,
  Span,
  SpanState,
  SpeedUp,
  Stuck,
  Summary,
  ThreadTime,
  TraceSpan,
  TraceState,
} from "./lib/base/record/mod.ts";
export { show, type ShowOptions, type ViewName } from "./lib/show.ts";
export {
  type Predict,
  predict,
  type PredictCurveOptions,
  type PredictItemsOptions,
  type PredictNumberOptions,
  type PredictOptions,
} from "./lib/predict/predict.ts";
export type { CurvePoint } from "./lib/predict/answers.ts";
export type {
  Misconception,
  Prediction,
  PredictionCheck,
} from "./lib/predict/prediction.ts";
export type { FigureSize } from "./lib/plot/core/mod.ts";
export {
  lockContention,
  messageSequence,
  showRecording,
  taskTree,
  timeline,
  type Traced,
  traceTimeline,
  turnStrip,
  waitForGraph,
} from "./lib/views.ts";
export type { TimelineOptions } from "./lib/plot/figures/timeline.ts";
export type {
  TimelineGroup,
  TimelineSource,
} from "./lib/trace/facts/timeline_groups.ts";
export { type ExceptionReport, PythonError } from "./lib/run/python/error.ts";
export type { PythonInterpreter } from "./lib/run/python/interpreter.ts";
export type { PythonWork } from "./lib/measure/compare/compare.ts";
export {
  python,
  pythons,
  runPython,
  startPython,
} from "./lib/run/python/python.ts";
export type {
  PythonOptions,
  PythonRun,
  PythonSession,
} from "./lib/run/python/run.ts";
export {
  type Race,
  race,
  type ShownRace,
  type ShownRaceRun,
} from "./lib/race.ts";
export type {
  AtomicOperation,
  BlockingOperation,
  CellValue,
  FailureKind,
  LitmusCells,
  LitmusClassics,
  LitmusOutcome,
  LitmusPair,
  LitmusProgram,
  LitmusResult,
  Operation,
  RaceAtomics,
  RaceConfirmation,
  RaceEnding,
  RaceEndingRow,
  RaceGuard,
  RaceMemory,
  RaceMethods,
  RaceOptions,
  RaceOutcome,
  RaceProgram,
  RaceResult,
  RaceRun,
  RaceStep,
  RaceThread,
  RaceTree,
  RealRun,
  ReplayOptions,
  StressResult,
  Verdict,
} from "./lib/race/mod.ts";
export {
  type Litmus,
  litmus,
  type ShownLitmus,
  type ShownStress,
  stress,
  type StressOptions,
} from "./lib/stress.ts";
export { explain, type Explainable, type Explanation } from "./lib/explain.ts";
export type { Finding, ReportedJob, RuleName } from "./lib/explain/mod.ts";
export { trace, type TracedRun } from "./lib/trace.ts";
export type { TraceOptions } from "./lib/trace/trace.ts";
export type { Tracer } from "./lib/trace/tracer.ts";
export { recordingOf, UnfinishedRunError } from "./lib/trace/trace.ts";
export { toChromeTrace } from "./lib/trace/chrome_trace.ts";
export {
  type Arrival,
  Barrier,
  type BlockingOptions,
  Channel,
  ChannelClosedError,
  type ChannelOptions,
  Condition,
  type CounterOptions,
  findDeadlock,
  type LockGuard,
  Mutex,
  type PermitOptions,
  releaseAllOf,
  reviveShared,
  RwLock,
  Semaphore,
  SHARE,
  type Shareable,
  SharedArray,
  sharedArray,
  type SharedArrayType,
  SharedCounter,
  type SharedForm,
  type SharedView,
  snapshotLocks,
  type SyncKind,
  type SyncOptions,
  type SyncSnapshot,
  toShared,
  type WaitOptions,
  type WaitSnapshot,
} from "./lib/sync/mod.ts";
export {
  scale,
  type ScaleOptions,
  type ShownScaling,
} from "./lib/measure/scale/scale.ts";
export type {
  Part,
  ScaleModel,
  ScalePoint,
  Scaling,
} from "./lib/measure/scale/scale.ts";
export {
  crossover,
  type CrossoverOptions,
  type ShownCrossover,
} from "./lib/measure/crossover/crossover.ts";
export type {
  Crossover,
  CrossoverCurve,
  CrossoverModel,
  CrossoverPoint,
  CrossoverSize,
} from "./lib/measure/crossover/crossover.ts";
export type { CrossingFit } from "./lib/measure/fit/crossing.ts";
export type { Circumstances } from "./lib/measure/scaffold.ts";
export type { RoundOptions } from "./lib/measure/options.ts";
export {
  type ShownSpawnCosts,
  spawnCost,
  type SpawnCostOptions,
} from "./lib/measure/spawn_cost/spawn_cost.ts";
export type {
  SpawnCost,
  SpawnCosts,
  SpawnKind,
  SpawnSample,
  SpawnStage,
} from "./lib/measure/spawn_cost/spawn_cost.ts";
export {
  type ShownSwitchCosts,
  switchCost,
  type SwitchCostOptions,
} from "./lib/measure/switch_cost/switch_cost.ts";
export type {
  SwitchCost,
  SwitchCosts,
  SwitchKind,
} from "./lib/measure/switch_cost/switch_cost.ts";
export {
  messageCost,
  type MessageCostOptions,
  type ShownMessageCosts,
} from "./lib/measure/message_cost/message_cost.ts";
export type {
  BurstCost,
  Knee,
  MessageCost,
  MessageCosts,
  MessageMode,
  MessagePoint,
} from "./lib/measure/message_cost/message_cost.ts";
export {
  memory,
  type MemoryOptions,
  type ShownMemoryCosts,
} from "./lib/measure/memory/memory.ts";
export type {
  BytesEach,
  MemoryCost,
  MemoryCosts,
  MemoryCount,
  MemoryModel,
  MemoryPoint,
  MemoryReading,
} from "./lib/measure/memory/memory.ts";
export { amdahlSpeedUp, karpFlatt } from "./lib/measure/fit/amdahl.ts";
export {
  type ColdStart,
  type EarlierResult,
  measure,
  type MeasuredCommand,
  type MeasuredFunction,
  type Measurement,
  type MeasureOptions,
  type SingleMeasurement,
} from "./lib/measure/measure/measure.ts";
export type { Mode, Outlier, Shape, Shift } from "./lib/base/statistics/mod.ts";
export {
  type Cliff,
  lag,
  type LagOptions,
  type LagReport,
  type LagWatch,
  type PythonLagOptions,
  type ShownLag,
  type WatchedPython,
} from "./lib/measure/lag/lag.ts";
export {
  type ShownSwitches,
  switches,
  type SwitchesOptions,
} from "./lib/measure/switches/switches.ts";
export type {
  SwitchesReport,
  ThreadKind,
  ThreadSwitches,
} from "./lib/measure/switches/switches.ts";
export {
  type ShownThreads,
  threads,
  type ThreadsOptions,
} from "./lib/measure/threads/threads.ts";
export type {
  LivingKind,
  LivingThread,
  LivingThreads,
} from "./lib/measure/threads/threads.ts";
export {
  type Bucket,
  type Latency,
  load,
  type LoadOptions,
  type LoadPoint,
  type LoadReport,
  type ShownLoad,
} from "./lib/measure/load/load.ts";
export {
  type Pool,
  pool,
  type PoolOptions,
  type RunRest,
} from "./lib/run/pool/pool.ts";
export { worker, type WorkerOptions } from "./lib/run/pool/worker.ts";
export { process, type ProcessOptions } from "./lib/run/pool/process.ts";
export type { Work } from "./lib/run/pool/code.ts";
export type { CommandOptions, CommandResult } from "./lib/run/pool/command.ts";
export type { RemoteFunction } from "./lib/run/pool/remote_function.ts";
export type { MapInput, MapOptions, MapSource } from "./lib/run/pool/map.ts";
export type { PoolStats } from "./lib/run/pool/stats.ts";
export type { JobTiming } from "./lib/run/pool/stamps.ts";
export type { JobReport, RunOptions } from "./lib/run/pool/job.ts";
