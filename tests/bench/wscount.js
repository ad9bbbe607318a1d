// SPDX-FileCopyrightText: 2026 The Sidewire authors
// SPDX-License-Identifier: MIT

// wscount.js PORT: a client of node's ws that merely counts, and prints how many messages came.
'use strict';
const WebSocket = require('ws');

const socket = new WebSocket(`ws://127.0.0.1:${process.argv[2]}/`, { maxPayload: 0 });
let count = 0;
socket.on('message', () => { ++count; });
socket.on('close', () => console.log(count));
