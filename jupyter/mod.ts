/**
 * The ZeroMQ door: how Jupyter front ends talk to a kernel.
 * @module
 */
export {
  type Connection,
  parseConnectionFile,
  type Registration,
} from "./connection_file.ts";
export { Door, type DoorOptions, openDoor } from "./door.ts";
export {
  checkKernelName,
  type InstallPlace,
  kernelsFolder,
  makeKernelSpec,
} from "./kernelspec.ts";
export { type Route } from "./inbox.ts";
export { type ReceivedMessage } from "./wire/jupyter_message.ts";
