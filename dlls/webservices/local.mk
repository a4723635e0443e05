# SPDX-License-Identifier: MIT
# The library: the portable half, and the seam to one system or the other. A new file is one name here.

# Not beside the import library: with -static the linker would take this one.
portable = %D%/libwebservices.a
noinst_LIBRARIES += %D%/libwebservices.a
%C%_libwebservices_a_SOURCES = $(scalar_sources) $(vector_sources) $(writer_sources) $(channel_sources)

# Those that no vectors come into.
scalar_sources = \
	%D%/base/annotate.h \
	%D%/base/arena.c %D%/base/arena.h \
	%D%/base/callback.c %D%/base/callback.h \
	%D%/base/compiler.h \
	%D%/base/constants.c %D%/base/constants.h \
	%D%/base/error.c %D%/base/error.h \
	%D%/base/error_strings.c %D%/base/error_strings.h \
	%D%/base/handle.c %D%/base/handle.h \
	%D%/base/handle_refuse.c \
	%D%/base/heap.c %D%/base/heap.h \
	%D%/base/memory.h \
	%D%/base/platform.h \
	%D%/base/property.c %D%/base/property.h \
	%D%/base/ticks.h \
	%D%/base/trace.c %D%/base/trace.h \
	%D%/base/trace_sentence.c %D%/base/trace_sentence.h \
	%D%/values/base64.c %D%/values/base64.h \
	%D%/values/date.c %D%/values/date.h \
	%D%/values/digits.h \
	%D%/values/double.c \
	%D%/values/filetime.c \
	%D%/values/number.c %D%/values/number.h \
	%D%/values/number_tables.h \
	%D%/xml/binary_records.c %D%/xml/binary_records.h \
	%D%/xml/block.h \
	%D%/xml/mime.c %D%/xml/mime.h \
	%D%/xml/names.c %D%/xml/names.h \
	%D%/xml/scope.c %D%/xml/scope.h \
	%D%/xml/sort.h \
	%D%/xml/static_dictionary.c \
	%D%/xml/trace_xml.c %D%/xml/trace_xml.h \
	%D%/xml/value.c %D%/xml/value.h \
	%D%/xml/buffer/buffer.c %D%/xml/buffer/buffer.h \
	%D%/xml/buffer/buffer_copy.c %D%/xml/buffer/buffer_copy.h \
	%D%/xml/canonical/canonical_properties.c %D%/xml/canonical/canonical_properties.h \
	%D%/xml/reader/cursor.c \
	%D%/xml/reader/decode_mtom.c %D%/xml/reader/decode_mtom.h \
	%D%/xml/reader/decode_mtom_package.c \
	%D%/xml/reader/decode_raw.c \
	%D%/xml/reader/decode_text_place.c \
	%D%/xml/reader/decode_tree.c %D%/xml/reader/decoder.h \
	%D%/xml/reader/read_attribute.c \
	%D%/xml/reader/read_buffer.c \
	%D%/xml/reader/read_canonical.c \
	%D%/xml/reader/read_content.c \
	%D%/xml/reader/read_fill.c \
	%D%/xml/reader/read_move.c \
	%D%/xml/reader/read_position.c \
	%D%/xml/reader/read_state.c \
	%D%/xml/reader/read_value.c \
	%D%/xml/reader/read_whole.c \
	%D%/xml/reader/shown_node.c \
	%D%/xml/reader/text_position.c \
	%D%/message/address.c %D%/message/address.h \
	%D%/message/envelope_write.c \
	%D%/message/fault.c %D%/message/fault.h \
	%D%/message/fault_addressing.c \
	%D%/message/fault_copy.c %D%/message/fault_copy.h \
	%D%/message/fault_from_error.c \
	%D%/message/header.c %D%/message/header.h \
	%D%/message/header_buffer.c %D%/message/header_buffer.h \
	%D%/message/header_custom.c \
	%D%/message/header_option.c %D%/message/header_option.h \
	%D%/message/initialize.c \
	%D%/message/message.c %D%/message/message.h %D%/message/message_object.h \
	%D%/message/message_channel.c \
	%D%/message/message_properties.c \
	%D%/message/soap.c %D%/message/soap.h \
	%D%/message/soap_fault.c %D%/message/soap_fault.h \
	%D%/message/url.c %D%/message/url.h \
	%D%/message/url_parse.c

# Channels: what the system is asked for, protocols, objects, transports.
channel_sources = $(channel_io_sources) $(channel_object_sources) $(channel_framing_sources) $(channel_tcp_sources) \
	$(channel_http_sources) $(channel_request_sources) $(channel_reply_sources) $(channel_udp_sources)
channel_io_sources = \
	%D%/channel/io/lookup.c \
	%D%/channel/io/network.c \
	%D%/channel/io/operation.c %D%/channel/io/operation.h \
	%D%/channel/io/poller.h \
	%D%/channel/io/reactor.c %D%/channel/io/reactor.h \
	%D%/channel/io/scheduler.c %D%/channel/io/scheduler.h \
	%D%/channel/io/sockaddr.h \
	%D%/channel/io/socket.c %D%/channel/io/socket.h \
	%D%/channel/io/socket_error.c %D%/channel/io/socket_error.h \
	%D%/channel/io/system.h \
	%D%/channel/io/thread.h \
	%D%/channel/io/timers.c %D%/channel/io/timers.h \
	%D%/channel/io/waker.c %D%/channel/io/waker.h

channel_object_sources = \
	%D%/channel/object/async_execute.c \
	%D%/channel/object/call.c %D%/channel/object/call.h \
	%D%/channel/object/channel.c %D%/channel/object/channel.h \
	%D%/channel/object/channel_message.c \
	%D%/channel/object/channel_open.c %D%/channel/object/channel_open.h \
	%D%/channel/object/channel_properties.c %D%/channel/object/channel_properties.h \
	%D%/channel/object/channel_send.c \
	%D%/channel/object/channel_settings.c \
	%D%/channel/object/custom.c %D%/channel/object/custom.h \
	%D%/channel/object/custom_call.c \
	%D%/channel/object/custom_listener.c \
	%D%/channel/object/endpoint_copy.c %D%/channel/object/endpoint_copy.h \
	%D%/channel/object/listener.c %D%/channel/object/listener.h \
	%D%/channel/object/listener_accept.c \
	%D%/channel/object/listener_properties.c %D%/channel/object/listener_properties.h \
	%D%/channel/object/receive_fault.c %D%/channel/object/receive_fault.h \
	%D%/channel/object/receive_value.c %D%/channel/object/receive_value.h \
	%D%/channel/object/send_value.c %D%/channel/object/send_value.h \
	%D%/channel/object/to_header.c %D%/channel/object/to_header.h \
	%D%/channel/object/transfer.c %D%/channel/object/transfer.h \
	%D%/channel/object/url_match.c %D%/channel/object/url_match.h \
	%D%/channel/object/settings.h \
	%D%/channel/object/transport.h \
	%D%/channel/transports.c

channel_framing_sources =

channel_tcp_sources =

channel_http_sources = \
	%D%/channel/protocol/http_body.c %D%/channel/protocol/http_body.h \
	%D%/channel/protocol/http_content_type.c %D%/channel/protocol/http_content_type.h \
	%D%/channel/protocol/http_head.c %D%/channel/protocol/http_head.h \
	%D%/channel/protocol/http_write.c %D%/channel/protocol/http_write.h

channel_request_sources = \
	%D%/channel/http/http_connection.c %D%/channel/http/http_connection.h \
	%D%/channel/http/http_codec.c %D%/channel/http/http_codec.h \
	%D%/channel/http/http_cookies.c %D%/channel/http/http_cookies.h \
	%D%/channel/http/http_encoding.c %D%/channel/http/http_encoding.h \
	%D%/channel/http/http_mapping.c %D%/channel/http/http_mapping.h \
	%D%/channel/http/http_pool.c %D%/channel/http/http_pool.h \
	%D%/channel/http/http_proxy.c %D%/channel/http/http_proxy.h \
	%D%/channel/http/http_target.c %D%/channel/http/http_target.h \
	%D%/channel/http/request.c %D%/channel/http/request.h \
	%D%/channel/http/request_head.c \
	%D%/channel/http/request_receive.c \
	%D%/channel/http/request_send.c \
	%D%/channel/http/request_status.c

channel_reply_sources = \
	%D%/channel/http/http_transport.c %D%/channel/http/http_transport.h \
	%D%/channel/http/reply.h \
	%D%/channel/http/reply_channel.c \
	%D%/channel/http/reply_listener.c \
	%D%/channel/http/reply_receive.c \
	%D%/channel/http/reply_send.c \
	%D%/channel/http/http_port.c %D%/channel/http/http_port.h \
	%D%/channel/http/http_queue.c \
	%D%/channel/http/http_server.c %D%/channel/http/http_server.h \
	%D%/channel/http/incoming.c %D%/channel/http/incoming.h \
	%D%/channel/protocol/url_prefix.c %D%/channel/protocol/url_prefix.h

channel_udp_sources =

# Those that include code for SSE2 or NEON. Tests run them without it, too: tests/libvariant.a.
vector_sources = \
	%D%/base/text.c %D%/base/text.h \
	%D%/xml/scan.c %D%/xml/scan.h \
	%D%/xml/canonical/canonical.c %D%/xml/canonical/canonical.h \
	%D%/xml/canonical/canonical_output.c %D%/xml/canonical/canonical_output.h \
	%D%/xml/reader/decode_binary.c %D%/xml/reader/decode_binary.h \
	%D%/xml/reader/decode_binary_cursor.c %D%/xml/reader/decode_binary_cursor.h \
	%D%/xml/reader/decode_binary_text.c \
	%D%/xml/reader/decode_text.c %D%/xml/reader/decode_text.h \
	%D%/xml/reader/decode_text_markup.c \
	%D%/xml/reader/decode_text_prolog.c \
	%D%/xml/reader/input.c %D%/xml/reader/input.h \
	%D%/xml/reader/reader.c %D%/xml/reader/reader.h %D%/xml/reader/object.h \
	%D%/xml/typed/array.c \
	%D%/xml/typed/chars.c \
	%D%/xml/typed/check_description.c \
	%D%/xml/typed/field.c \
	%D%/xml/typed/read_type.c \
	%D%/xml/typed/type_address.c \
	%D%/xml/typed/type_any.c \
	%D%/xml/typed/type_fault.c \
	%D%/xml/typed/type_simple.c \
	%D%/xml/typed/type_struct.c \
	%D%/xml/typed/type_union.c \
	%D%/xml/typed/typed.c %D%/xml/typed/typed.h \
	%D%/xml/typed/typed_limits.c \
	%D%/xml/typed/types.c %D%/xml/typed/types.h \
	%D%/xml/typed/write_type.c \
	%D%/xml/typed/xsi.c \
	%D%/message/body.c \
	%D%/message/endpoint_extension.c \
	%D%/message/envelope_read.c \
	%D%/message/fault_detail.c \
	%D%/message/header_mapped.c %D%/message/header_mapped.h \
	%D%/message/header_value.c %D%/message/header_value.h \
	%D%/message/must_understand.c

# Those as well. The order is that of the object files in programs, which moves rows of the benchmarks by up to a tenth.
writer_sources = \
	%D%/xml/writer/write_copy.c \
	%D%/xml/writer/writer.c %D%/xml/writer/writer.h \
	%D%/xml/writer/writer_object.h %D%/xml/writer/encoder.h \
	%D%/xml/writer/state.c %D%/xml/writer/state.h \
	%D%/xml/writer/encode_binary.c %D%/xml/writer/encode_binary.h \
	%D%/xml/writer/bindings.c \
	%D%/xml/writer/encode_binary_item.c \
	%D%/xml/writer/encode_buffer.c %D%/xml/writer/encode_buffer.h \
	%D%/xml/writer/write_position.c \
	%D%/xml/writer/write_calls.c \
	%D%/xml/writer/write_canonical.c \
	%D%/xml/writer/content.c \
	%D%/xml/writer/whole.c \
	%D%/xml/writer/pieces.c %D%/xml/writer/pieces.h \
	%D%/xml/writer/encode_binary_strings.c \
	%D%/xml/writer/fast.c %D%/xml/writer/fast.h \
	%D%/xml/writer/fast_binary.c \
	%D%/xml/writer/element.c \
	%D%/xml/writer/start_tag.c %D%/xml/writer/start_tag.h \
	%D%/xml/writer/commit.c \
	%D%/xml/writer/entries.c \
	%D%/xml/writer/encode_text_escape.c %D%/xml/writer/encode_text_escape.h \
	%D%/xml/writer/tag_memory.c \
	%D%/xml/writer/encode_mtom.c %D%/xml/writer/encode_mtom.h \
	%D%/xml/writer/write_node.c \
	%D%/xml/writer/output.c %D%/xml/writer/output.h \
	%D%/xml/writer/flush.c \
	%D%/xml/writer/encode_mtom_parts.c \
	%D%/xml/writer/writer_properties.c \
	%D%/xml/writer/qname.c \
	%D%/xml/writer/encode_raw.c \
	%D%/xml/writer/prefixes.c \
	%D%/xml/writer/check.c %D%/xml/writer/check.h \
	%D%/xml/writer/encode_text.c %D%/xml/writer/encode_text.h \
	%D%/xml/writer/write_value.c

if DEBUG_VARIANT
%C%_libwebservices_a_SOURCES += %D%/base/debug.c %D%/base/memory_debug.c
endif
if WINDOWS
%C%_libwebservices_a_SOURCES += %D%/base/platform_windows.c %D%/main.c \
	%D%/channel/io/poller_windows.c \
	%D%/channel/io/socket_windows.c \
	%D%/channel/io/thread_windows.c
else
%C%_libwebservices_a_SOURCES += %D%/base/platform_posix.c \
	%D%/channel/io/poller_epoll.c \
	%D%/channel/io/socket_posix.c \
	%D%/channel/io/thread_posix.c
endif
