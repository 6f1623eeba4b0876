/**
 * The Jupyter face of a server, loaded by `skein serve` only.
 * @module
 */
export {
  type JupyterServer,
  type JupyterServerOptions,
  startJupyterServer,
} from "./serve.ts";
export { makeLogin } from "./login.ts";
export { findLab, type LabInstall } from "./lab/install.ts";
export { openLab } from "./lab/lab.ts";
