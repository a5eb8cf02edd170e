"""Sends all cells of a notebook at once, as JupyterLab's Run All does, and prints what came back.

Usage: queued.py NOTEBOOK KERNEL yes|no    the last is stop_on_error
"""

import json
import sys

import nbformat
from jupyter_client.manager import start_new_kernel

path, kernel, stop = sys.argv[1:]
cells = nbformat.read(path, as_version=4).cells
manager, client = start_new_kernel(kernel_name=kernel)
asked = [client.execute(cell.source, stop_on_error=stop == "yes") for cell in cells]
statuses, texts = {}, {}
while len(statuses) < len(asked):
    reply = client.get_shell_msg(timeout=60)
    if reply["msg_type"] == "execute_reply":
        statuses[reply["parent_header"]["msg_id"]] = reply["content"]["status"]
# What a cell wrote comes before its `idle`, the last message here; a kernel may lose that.
while True:
    try:
        message = client.get_iopub_msg(timeout=3)
    except Exception:
        break
    if message["msg_type"] == "stream" and message["content"]["name"] == "stdout":
        key = message["parent_header"].get("msg_id")
        texts[key] = texts.get(key, "") + message["content"]["text"]
client.stop_channels()
manager.shutdown_kernel(now=True)
print(json.dumps([[statuses[key], texts.get(key, "")] for key in asked]))
