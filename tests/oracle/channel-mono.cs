// SPDX-License-Identifier: MIT
// Mono's WCF as a server: one contract at an address for each encoding. Prints the port, and ends with its input.
using System;
using System.Net;
using System.Net.Sockets;
using System.ServiceModel;
using System.ServiceModel.Channels;
using System.Text;

[ServiceContract(Namespace = "http://tempuri.org/", Name = "ICalculator")]
public interface ICalculator
{
    [OperationContract] int Add(int a, int b);
    [OperationContract] byte[] Echo(byte[] data);
    [OperationContract] int Fail(int why);
    [OperationContract(IsOneWay = true)] void Note(int why);
}

[ServiceBehavior(InstanceContextMode = InstanceContextMode.Single, ConcurrencyMode = ConcurrencyMode.Multiple)]
public class Calculator : ICalculator
{
    public int Add(int a, int b) { return a + b; }
    public byte[] Echo(byte[] data) { return data; }
    public int Fail(int why) { throw new FaultException("failed because of " + why); }
    public void Note(int why) { }
}

public class Server
{
    static int FreePort()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return port;
    }

    static Binding Over(MessageEncodingBindingElement encoding)
    {
        return new CustomBinding(encoding, new HttpTransportBindingElement {
            MaxReceivedMessageSize = 1 << 27, MaxBufferSize = 1 << 27 });
    }

    public static void Main()
    {
        string root = "http://127.0.0.1:" + FreePort() + "/";
        var host = new ServiceHost(new Calculator(), new Uri(root));
        var basic = new BasicHttpBinding { MaxReceivedMessageSize = 1 << 27 };
        basic.ReaderQuotas.MaxArrayLength = basic.ReaderQuotas.MaxStringContentLength = 1 << 27;
        host.AddServiceEndpoint(typeof(ICalculator), basic, "basic");
        host.AddServiceEndpoint(typeof(ICalculator), Over(new TextMessageEncodingBindingElement(MessageVersion.Soap12, Encoding.UTF8)), "text12");
        host.AddServiceEndpoint(typeof(ICalculator), Over(new BinaryMessageEncodingBindingElement()), "binary12");
        host.Open();
        Console.WriteLine(root);
        Console.Out.Flush();
        Console.In.ReadToEnd();
        host.Close();
    }
}
