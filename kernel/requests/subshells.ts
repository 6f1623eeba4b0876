/**
 * `create_subshell_request`, `delete_subshell_request`,
 * `list_subshell_request`: more than one queue of cells. Pure.
 *
 * The cells of two shells run in turns in the same session, as promises do;
 * while one computes without `await`, the other waits.
 *
 * Source: Jupyter enhancement proposal 91, "Kernel subshells".
 * @module
 */
import type { RequestOf } from "../../protocol/mod.ts";
import { abort } from "../shells.ts";
import {
  answer,
  type Decision,
  IDLE_SHELL,
  type KernelState,
  MAIN_SHELL,
} from "../state.ts";

/**
 * Makes a subshell.
 *
 * @param state What is known.
 * @param request The request.
 */
export function onCreateSubshell(
  state: KernelState,
  request: RequestOf<"create_subshell_request">,
): Decision {
  const subshellsMade = state.subshellsMade + 1;
  const subshell_id = `subshell-${subshellsMade}`;
  return {
    state: {
      ...state,
      subshellsMade,
      shells: new Map(state.shells).set(subshell_id, IDLE_SHELL),
    },
    actions: answer(request, "create_subshell_reply", { subshell_id }),
  };
}

/**
 * Ends a subshell: its waiting cells are answered, one that runs goes on.
 *
 * @param state What is known.
 * @param request The request.
 */
export function onDeleteSubshell(
  state: KernelState,
  request: RequestOf<"delete_subshell_request">,
): Decision {
  const { subshell_id } = request.content;
  const shell = state.shells.get(subshell_id);
  if (shell === undefined || subshell_id === MAIN_SHELL) {
    return {
      state,
      actions: answer(request, "delete_subshell_reply", {
        status: "error",
        ename: "SubshellNotFound",
        evalue: `Cannot delete subshell: there is no ${
          JSON.stringify(subshell_id)
        }`,
        traceback: [],
      }),
    };
  }
  const shells = new Map(state.shells);
  shells.delete(subshell_id);
  return {
    state: { ...state, shells },
    actions: [
      ...abort(shell.queue, state.executionCount),
      ...answer(request, "delete_subshell_reply", {}),
    ],
  };
}

/**
 * Lists the subshells.
 *
 * @param state What is known.
 * @param request The request.
 */
export function onListSubshells(
  state: KernelState,
  request: RequestOf<"list_subshell_request">,
): Decision {
  const subshell_id = [...state.shells.keys()].filter((id) =>
    id !== MAIN_SHELL
  );
  return {
    state,
    actions: answer(request, "list_subshell_reply", { subshell_id }),
  };
}
