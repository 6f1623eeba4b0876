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
export { type HubEnvironment, readHubEnvironment } from "./hub/environment.ts";
export { HubApi } from "./hub/hub_api.ts";
export { makeHubAccess } from "./hub/hub_access.ts";
export { reportActivity } from "./hub/activity.ts";
